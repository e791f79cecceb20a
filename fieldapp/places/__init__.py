"""Areas, units, stations, categories, the working calendar."""
