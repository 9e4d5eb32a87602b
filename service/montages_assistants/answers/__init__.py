"""What is answered about a description or a resource, in a process apart.

Each answer is a function of the knowledge and of arguments that JSON can say, and gives bytes: JSON or
YAML. `answer_server` has them by name.
"""
