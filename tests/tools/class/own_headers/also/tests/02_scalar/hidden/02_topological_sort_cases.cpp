// Hidden cases of the student's own, without a case in them. They are not taken.
