// What a student's kernels cost and touch, in the terminal and drawn.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/workbook.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

fs::path drawn() { return build_folder().parent_path() / "run/09_cuda/kernel_9.1/accesses.svg"; }

TEST(ShowKernel, CountsAndDrawsWhatTheStudentsKernelsDo) {
  const Workbook workbook;
  workbook.solve("9.1");
  const Completion c = workbook.gradbook({"show", "kernel", "9.1", "--columns", "16"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("emulated ("),
                    ContainsRegex("zip_kernel +1 × 4 +32 × 8 +2048 +1024 +4.00 +0 +0 +0 +0 +100%"),
                    HasSubstr("first block of launch 7"), HasSubstr("accesses.svg")));
  EXPECT_THAT(read_file(drawn()), AllOf(HasSubstr("argument 2: 256 reads of 256 elements"),
                                        HasSubstr("argument 4: 256 writes of 256 elements")));
}

TEST(ShowKernel, ATableTellsAWastefulKernelFromAGoodOne) {
  const Workbook workbook;
  write_atomically(
      workbook.file("9.1"),
      replaced(workbook.solution("9.1"), "c[at] = apply(op, a[at], b[at]);",
               "c[at] = apply(op, a[at], b[at]);\n  c[at] = apply(op, a[at], b[at]);"));
  EXPECT_THAT(workbook.gradbook({"show", "kernel", "9.1"}).output,
              ContainsRegex("zip_kernel +1 × 4 +32 × 8 +4096 +2048"));
}

TEST(ShowKernel, DrawsTheLaunchThatIsAskedFor) {
  const Workbook workbook;
  workbook.solve("9.1");
  EXPECT_EQ(workbook.gradbook({"show", "kernel", "9.1", "--launch", "1"}).exit_status, 0);
  EXPECT_THAT(read_file(drawn()), HasSubstr("argument 1: 3 reads of 3 elements"));
  const Completion c = workbook.gradbook({"show", "kernel", "9.1", "--launch", "99"});
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, HasSubstr("there is no launch 99: 7 were written down"));
}

TEST(ShowKernel, SaysWhyThereIsNothingToShow) {
  const Workbook workbook;
  EXPECT_THAT(workbook.gradbook({"show", "kernel", "9.1"}).output,
              HasSubstr("no kernel of 9.1 came to its end: ./gradbook check 9.1 says why"));
  EXPECT_THAT(workbook.gradbook({"show", "kernel", "2.2"}).output,
              HasSubstr("2.2 topological_sort has no kernels"));
  write_atomically(workbook.file("9.1"), "int main(");
  EXPECT_THAT(workbook.gradbook({"show", "kernel", "9.1"}).output,
              HasSubstr("does not compile: ./gradbook check 9.1 says why"));
}

}  // namespace
}  // namespace gradbook
