"""What a user meets, held over the whole of jdgen."""
