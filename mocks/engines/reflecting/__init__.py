"""Reflection by rules: what optimizers of judges and of prompts ask a model for, answered from the feedback they show.

A better instruction is made of what people and scorers said: the rules that tell accepted answers from rejected ones,
and the criticism of failed answers turned into instructions. Nothing is made up; without feedback there is no lesson.
"""
