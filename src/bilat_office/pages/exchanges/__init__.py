"""Exchange: students, culture, sport, tourism and science against what was planned."""
