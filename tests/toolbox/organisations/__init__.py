"""Word templates as organisations really have them, for tests: each sound, each laid out in another way."""
