"""What stands around every page: who may enter, frame, headers, start and stop, scripts in the browser."""
