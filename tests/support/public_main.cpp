// Runs the public tests and tells the gradbook program, on file descriptor 3, how far it got: so
// that a test that dies is known by name, and the rest can be run without it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "00_course/not_started.hpp"

namespace gradbook {
namespace {

constexpr int kEvents = 3;

// One event: fields separated by U+001F, ended by U+001E
template <class... Fields>
void tell(const Fields&... fields) {
  std::string event;
  ((event += fields, event += '\x1f'), ...);
  event.back() = '\x1e';
  for (std::size_t sent = 0; sent < event.size();) {
    const ssize_t n = write(kEvents, event.data() + sent, event.size() - sent);
    if (n <= 0) return;  // nobody listens: the tests were started by hand
    sent += static_cast<std::size_t>(n);
  }
}

class Teller : public testing::EmptyTestEventListener {
  void OnTestStart(const testing::TestInfo& test) override {
    tell(std::string("start"), name(test));
  }

  void OnTestPartResult(const testing::TestPartResult& part) override {
    if (part.failed()) {
      tell(std::string("fail"), std::string(part.file_name() ? part.file_name() : ""),
           std::to_string(part.line_number()), std::string(part.message()));
    }
  }

  void OnTestEnd(const testing::TestInfo& test) override {
    tell(std::string("end"), name(test),
         std::string(test.result()->Passed() ? "passed" : "failed"));
  }

  static std::string name(const testing::TestInfo& test) {
    return std::string(test.test_suite_name()) + "." + test.name();
  }
};

}  // namespace

void not_started(const char* exercise) {
  tell(std::string("not started"),
       std::string(exercise));  // first: in a destructor the throw ends the process
  throw NotStarted(exercise);
}

}  // namespace gradbook

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  if (fcntl(gradbook::kEvents, F_GETFD) >=
      0) {  // somebody listens: what is printed is the student's alone
    delete listeners.Release(listeners.default_result_printer());
    listeners.Append(new gradbook::Teller);
  }
  return RUN_ALL_TESTS();
}
