"""How good the forecasts are: simulated histories are forecast day by day as if the rest were unknown."""
