"""Acts that bring things in through the other apps' own acts."""
