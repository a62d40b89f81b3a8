"""What pages and commands read about networks, organisations and programmes."""
