"""Source text to model: total functions, any bytes in, a value and findings out."""
