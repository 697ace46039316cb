"""What `pipeline.py` lists: the commands by what they are for, and the jobs that join crawler, nlp and the site."""
