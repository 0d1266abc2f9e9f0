"""jdgen: NHS job descriptions and person specifications from a published capability framework."""

__all__ = ["__version__"]

try:
    from jdgen._version import __version__  # what is built says the version of its tag (tools/version.py)
except ImportError:
    __version__ = "0.1.0"
