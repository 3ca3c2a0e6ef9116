"""How a summary reads: what is told in which order, in the words of a language, in the form of a channel.

story.py            plain data between words and forms; e-mail and Slack are made from the same story
*_story.py          what is told of a release, a correction, its effects, a notice; leads.py, notes.py, tables.py
phrases.py          the words, from templates/; numerals.py, periods.py, names.py
subject.py columns.py blocks.py document.py entries.py     the forms: e-mail, Slack, JSON for programs
"""
