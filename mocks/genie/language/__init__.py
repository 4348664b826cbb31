"""The English of questions and instructions, whatever the tables are about: words, dates and turns of phrase."""
