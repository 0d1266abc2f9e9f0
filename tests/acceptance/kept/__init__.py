"""What jdgen did before its modules moved: documents that it made, bytes that it writes, all that it says."""
