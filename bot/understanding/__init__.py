"""What a message in own words may mean: outside of the engine, which is handed the result with the Incoming."""
