// What a student reads: every state of a check, brought about in a copy of the workbook.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const fs::path kFile = "modules/02_scalar/exercises/02_topological_sort.cpp";

class Check : public testing::Test {
 protected:
  Check() : solution_(read_file(root_folder() / "solutions/02_scalar/02_topological_sort.cpp")) {}

  Completion check(const std::string& text, std::vector<std::string> more = {}) {
    write_atomically(folder_.path() / kFile, text);
    more.insert(more.begin(), {"check", "2.2", "--workbook", folder_.path().string()});
    return gradbook_program(more);
  }

  // The solution with one edit
  Completion check_edited(const std::string& from, const std::string& to) {
    return check(replaced(solution_, from, to));
  }

  void expect(const Completion& c, int exit_status, const testing::Matcher<std::string>& says) {
    EXPECT_EQ(c.exit_status, exit_status) << c.output;
    EXPECT_THAT(c.output, says);
    EXPECT_LE(std::ranges::count(c.output, '\n'), 24) << c.output;
  }

  Folder folder_;
  const std::string solution_;
};

TEST_F(Check, AStubIsNotStarted) {
  expect(check(read_file(root_folder() / kFile)), 1,
         AllOf(HasSubstr("2.2 topological_sort: not started"), HasSubstr("TODO(2.2)")));
}

TEST_F(Check, APartThatIsWrittenWronglyIsToldBesideTheStub) {
  Folder folder;
  const fs::path file = "modules/02_scalar/exercises/03_product_rules.cpp";
  const std::string stub = read_file(root_folder() / file);
  write_atomically(folder.path() / file, replaced(stub, "not_started(\"2.3\");", "return {1, 1};"));
  const Completion c = gradbook_program({"check", "2.3", "--workbook", folder.path().string()});
  EXPECT_THAT(c.output, AllOf(HasSubstr("not started"), HasSubstr("still to write"),
                              HasSubstr("again: ./gradbook check 2.3 --test")));
}

// A precompiled header of another level made g++ crash on this one
TEST_F(Check, AnotherSolutionIsDoneAtEveryLevel) {
  Folder folder;
  write_atomically(folder.path() / "modules/02_scalar/exercises/06_release.cpp",
                   R"(#include "02_scalar/scalar.hpp"

namespace gradbook {

void release(Node* node) {
  std::vector<Node*> dead = {node};
  while (!dead.empty()) {
    Node* next = dead.back();
    dead.pop_back();
    const auto inputs = next->inputs;
    recycle(next);
    for (Node* input : inputs)
      if (input && --input->references == 0) dead.push_back(input);
  }
}

}  // namespace gradbook
)");
  const Completion c = gradbook_program({"check", "2.6", "--workbook", folder.path().string()});
  EXPECT_EQ(c.exit_status, 0) << c.output;
}

TEST_F(Check, TheSolutionIsDone) {
  expect(check(solution_), 0,
         AllOf(HasSubstr("2.2 topological_sort: done (6 of 6 public tests, 11 of 11 hidden cases)"),
               HasSubstr("you have learnt")));
}

// What ninja knows of the headers that files of an exercise are compiled with
std::string headers_behind(const std::string& target) {
  const std::string header = "CMakeFiles/" + target + ".dir/cmake_pch.hxx.gch";
  run({.arguments = {"ninja", "-C", build_folder().string(), header}});
  return run({.arguments = {"ninja", "-C", build_folder().string(), "-t", "deps", header},
              .output_cap = 1 << 22})
      .output;
}

TEST_F(Check, AnExerciseMayHaveHeadersOfItsOwnPrecompiled) {
  const fs::path file = "exercises/12_batched_linear_algebra.cpp";
  const std::string solution =
      read_file(root_folder() / "solutions/03_tensor/12_batched_linear_algebra.cpp");
  Folder folder;
  write_atomically(folder.path() / "modules/03_tensor" / file,
                   replaced(solution, "#include \"03_tensor/batched.hpp\"", ""));
  const Completion c = gradbook_program({"check", "3.12", "--workbook", folder.path().string()});
  EXPECT_EQ(c.exit_status, 0) << "it is included by force:\n" << c.output;
  EXPECT_THAT(headers_behind("03_tensor_12_batched_linear_algebra_reference"),
              AllOf(HasSubstr("xtensor/xtensor.hpp"), HasSubstr("03_tensor/array.hpp")));
  EXPECT_THAT(headers_behind("03_tensor_reference"),
              AllOf(HasSubstr("03_tensor/array.hpp"), Not(HasSubstr("xtensor/"))))
      << "the others must not wait for xtensor";
}

TEST_F(Check, WindowsLineEndsAreNoMistake) {
  std::string text;
  for (char c : solution_) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  expect(check(text), 0, HasSubstr("done"));
}

TEST_F(Check, ACompileErrorShowsTheStudentsLine) {
  expect(check_edited("order.push_back(node);", "order.push_bakc(node);"), 1,
         AllOf(HasSubstr("does not compile"), HasSubstr("02_topological_sort.cpp:32:11: error:"),
               HasSubstr("push_bakc"), Not(HasSubstr("note:"))));
}

TEST_F(Check, AWarningStopsNobody) {
  expect(check_edited("Marker seen;", "Marker seen; int unused = 3;"), 0, HasSubstr("done"));
}

TEST_F(Check, ARenamedFunctionIsNamed) {
  expect(check_edited("topological_sort(Node* root)", "topologicalSort(Node* root)"), 1,
         AllOf(HasSubstr("interface changed"),
               HasSubstr("2.2 has no definition: was `topological_sort(Node*)` renamed?")));
}

TEST_F(Check, AChangedSignatureIsShownBesideTheExpectedOne) {
  expect(check_edited("topological_sort(Node* root)", "topological_sort(Node* root, int)"), 1,
         AllOf(HasSubstr("2.2 must define `topological_sort(Node*)`"),
               HasSubstr("your file defines `topological_sort(Node*, int)`")));
}

TEST_F(Check, AFunctionOfGradbooksOwnIsNotToBeDefinedAgain) {
  expect(
      check_edited("std::vector<Node*> topological_sort",
                   "std::size_t live_nodes() { return 0; }\nstd::vector<Node*> topological_sort"),
      1,
      AllOf(HasSubstr("interface changed"),
            HasSubstr("`live_nodes()` is defined by gradbook already")));
}

TEST_F(Check, AWrongAnswerTeaches) {
  expect(
      check_edited("seen.insert(input)) stack", "true) stack"), 1,
      AllOf(HasSubstr("wrong"), HasSubstr("ListsASharedNodeOnce"),
            HasSubstr("x feeds both sides of the product, yet it is one node"),
            HasSubstr("again: ./gradbook check 2.2 --test TopologicalSort.ListsASharedNodeOnce")));
}

TEST_F(Check, AHiddenCaseSaysWhatWasCalledWithWhat) {
  // Wrong only for graphs of a size that no public test has
  const Completion c = check_edited("return order;",
                                    "if (order.size() > 30 && order.size() < 200) "
                                    "std::swap(order[0], order[1]);\n  return order;");
  expect(c, 1,
         AllOf(HasSubstr("6 of 6 public tests"), HasSubstr("called"), HasSubstr("with"),
               HasSubstr("(seed 1)"), HasSubstr("expected"), HasSubstr("got"), HasSubstr("means"),
               HasSubstr("again: ./gradbook check 2.2 --case topological_sort.")));
}

TEST_F(Check, ACrashIsNamedAndTheOtherTestsRun) {
  const Completion c = check_edited(
      "  Marker seen;",
      "  Marker seen;\n  if (root->operation == &kAdd) *static_cast<volatile int*>(nullptr) = 1;");
  expect(c, 1, AllOf(HasSubstr("crashed (3 of 6 public tests)"), HasSubstr("SIGSEGV")));
}

TEST_F(Check, AnEndlessLoopIsEnded) {
  expect(
      check_edited(
          "  Marker seen;",
          "  Marker seen;\n  volatile bool again = root->operation == &kAdd;\n  while (again) {}"),
      1, AllOf(HasSubstr("timed out"), HasSubstr("did not end within 5 s")));
}

TEST_F(Check, AnExceptionIsSaid) {
  expect(check_edited("  Marker seen;", "  Marker seen;\n  order.at(7);"), 1,
         AllOf(HasSubstr("wrong"), HasSubstr("vector::_M_range_check")));
}

TEST_F(Check, ExitInTheMiddleIsNoPass) {
  expect(check_edited("  Marker seen;", "  Marker seen;\n  __builtin_exit(0);"), 1,
         AllOf(HasSubstr("crashed"), HasSubstr("exit status 0")));
}

TEST_F(Check, AFloodOfOutputIsCut) {
  const Completion c = check_edited("  Marker seen;",
                                    "  Marker seen;\n  for (int i = 0; i < 1000000; ++i) "
                                    "__builtin_puts(\"flood\");\n  order.at(7);");
  expect(c, 1, AllOf(HasSubstr("your output:"), HasSubstr("| flood")));
}

TEST_F(Check, OneCaseAloneWithASeedOfOnesOwn) {
  const Completion c = check(solution_, {"--case", "topological_sort.diamond", "--seed", "7"});
  expect(c, 0, HasSubstr("done (1 of 1 hidden cases)"));
}

TEST_F(Check, JsonHoldsTheSame) {
  const auto json = nlohmann::json::parse(
      check(replaced(solution_, "seen.insert(input)) stack", "true) stack"), {"--json"}).output);
  EXPECT_EQ(json.at(0).at("state"), "wrong");
  EXPECT_EQ(json.at(0).at("exercise"), "2.2");
  EXPECT_EQ(json.at(0).at("public").size(), 6u);
  EXPECT_THAT(json.at(0).at("failure").at("again").get<std::string>(),
              HasSubstr("./gradbook check 2.2"));
}

}  // namespace
}  // namespace gradbook
