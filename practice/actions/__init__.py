"""Groups, meetings and recordings by reference: the acts."""
