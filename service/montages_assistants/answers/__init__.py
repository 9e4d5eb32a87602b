"""What is answered about a description, a resource or a beginning of a name, in a process apart.

Each answer is a function of the knowledge and of arguments that JSON can say, and gives bytes: JSON, Turtle
or YAML. `answer_server` has them by name.
"""
