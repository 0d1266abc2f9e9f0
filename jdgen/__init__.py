"""jdgen: NHS job descriptions and person specifications from a published capability framework."""

__version__ = "0.1.0"
