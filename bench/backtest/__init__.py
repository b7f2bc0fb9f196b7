"""How good the forecasts are: histories are simulated, forecast day by day as if the rest were unknown, and compared."""
