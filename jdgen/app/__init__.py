"""What jdgen does, one function a command: values in, values out. The command line and tests call this."""
