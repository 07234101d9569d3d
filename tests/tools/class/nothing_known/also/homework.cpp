// Of another course.
int main() {}
