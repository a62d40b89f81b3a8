"""Acts on agendas, sessions, goals and agreements."""
