"""A template mended before it is compiled, and what compiling has to know of it. The way in: ``template``."""
