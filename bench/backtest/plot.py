"""The calibration of the forecasts as a picture: two panels of SVG, written by hand so that it needs no library."""

from __future__ import annotations

import pandas as pd

from bench.backtest import score

WIDTH, HEIGHT = 940, 500
_LEFT, _TOP, _SIDE = 78, 84, 330
_RIGHT_LEFT, _RIGHT_WIDTH = 640, 270
_SERIES = (
    ("Rate", ("recent_rate",), "#0b5c8f"),
    ("Standstill or decline", ("plateau", "regressed"), "#c2571a"),
    ("Single step", ("single_step",), "#3d7d3a"),
)
_STYLE = (
    "text{font-family:'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:12.5px;fill:#3b4652}"
    ".title{font-size:16px;font-weight:600;fill:#16212c}.axis{fill:#5b6773}.grid{stroke:#e3e8ed}"
    ".middle{text-anchor:middle}.end{text-anchor:end}.value{font-weight:600;fill:#16212c}"
)


def calibration_plot(found: pd.DataFrame) -> str:
    """Left: stated chance against what came in time. Right: how often a range of 80 % held what happened."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            'aria-label="Calibration of the forecasts on simulated histories">',
            f"<style>{_STYLE}</style>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            *_chances(found),
            *_ranges(found),
            "</svg>\n",
        ]
    )


def _chances(found: pd.DataFrame) -> list[str]:
    lines = [_text(_LEFT, 34, "Chance of being on time", "title")]
    lines.append(_text(_LEFT, 54, "Of cases given a chance of x %, how many were on time", "axis"))
    for tick in range(0, 101, 20):
        x, y = _x(tick / 100.0), _y(tick / 100.0)
        lines.append(f'<line class="grid" x1="{_LEFT}" x2="{_LEFT + _SIDE}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_TOP + _SIDE}"/>')
        lines.append(_text(_LEFT - 10, y + 4, f"{tick} %", "axis end"))
        lines.append(_text(x, _TOP + _SIDE + 20, f"{tick} %", "axis middle"))
    lines.append(_text(_LEFT + _SIDE / 2, _TOP + _SIDE + 42, "Chance stated", "axis middle"))
    lines.append(
        f'<line x1="{_LEFT}" y1="{_TOP + _SIDE}" x2="{_LEFT + _SIDE}" y2="{_TOP}" stroke="#9aa5b1" '
        'stroke-dasharray="5 4"/>'
    )
    for number, (name, methods, colour) in enumerate(_SERIES):
        bins = score.chances(name, found[found["method"].isin(methods)]).bins
        largest = max((count for _, _, count in bins), default=1)
        points = [(_x(chance), _y(share), count) for chance, share, count in bins]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5" opacity="0.55"/>')
        lines += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3.0 + 5.0 * (count / largest) ** 0.5:.1f}" fill="{colour}" '
            'fill-opacity="0.85" stroke="#ffffff"/>'
            for x, y, count in points
        ]
        x, y = _LEFT + number * 84 + (0 if number < 2 else 84), HEIGHT - 22
        lines.append(f'<circle cx="{x + 5}" cy="{y - 4}" r="5" fill="{colour}"/>')
        lines.append(_text(x + 16, y, name))
    return lines


def _ranges(found: pd.DataFrame) -> list[str]:
    groups = [score.ranges("All", found)]
    groups += [group for group in score.ranges_by(found, score.by_days) if group.count]
    lines = [_text(_RIGHT_LEFT - 130, 34, "The 80 % range", "title")]
    lines.append(_text(_RIGHT_LEFT - 130, 54, "Cases that ended within it, by days needed at the present rate", "axis"))
    low, high = _share_x(score.LOWEST), _share_x(score.HIGHEST)
    lines.append(f'<rect x="{low:.1f}" y="{_TOP}" width="{high - low:.1f}" height="{_SIDE}" fill="#e6f0e5"/>')
    for tick in range(0, 101, 20):
        x = _share_x(float(tick))
        lines.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_TOP + _SIDE}"/>')
        lines.append(_text(x, _TOP + _SIDE + 20, f"{tick} %", "axis middle"))
    step = _SIDE / len(groups)
    for number, group in enumerate(groups):
        y = _TOP + step * (number + 0.5)
        colour = "#16212c" if number == 0 else "#0b5c8f"
        right = _share_x(group.covered_pct)
        lines.append(
            f'<rect x="{_RIGHT_LEFT}" y="{y - 9:.1f}" width="{right - _RIGHT_LEFT:.1f}" height="18" rx="2" '
            f'fill="{colour}" fill-opacity="0.82"/>'
        )
        lines.append(_text(_RIGHT_LEFT - 12, y + 4, group.name, "end"))
        lines.append(_text(right + 8, y + 4, f"{group.covered_pct:.1f} %", "value"))
    lines.append(_text(_RIGHT_LEFT - 130, HEIGHT - 22, "Shaded: 75-85 %, what is accepted of a range of 80 %", "axis"))
    return lines


def _x(share: float) -> float:
    return _LEFT + _SIDE * share


def _y(share: float) -> float:
    return _TOP + _SIDE * (1.0 - share)


def _share_x(pct: float) -> float:
    return _RIGHT_LEFT + _RIGHT_WIDTH * pct / 100.0


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{words}</text>'
