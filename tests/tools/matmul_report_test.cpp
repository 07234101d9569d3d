// What `gradbook bench matmul` says of times, which no machine without a GPU can measure.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../../benchmarks/cuda/report.hpp"

namespace gradbook::bench {

// As in the program for a GPU
bool is_for_gpu() { return true; }

namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

Row timed(const char* rung, int size, double median_ms) {
  return {.rung = rung, .size = size, .median_ms = median_ms, .min_ms = median_ms / 2, .roof = 0.5};
}

Row cublas(int size, double median_ms) {
  Row row = timed("cublasSgemm", size, median_ms);
  row.is_cublas = true;
  return row;
}

// Prints rows, and how it ended
class MatmulReport : public testing::Test {
 protected:
  std::string printed(const std::vector<Row>& rows) {
    testing::internal::CaptureStdout();
    report_.begin();
    for (const Row& row : rows) report_.add(row);
    status_ = report_.end();
    return testing::internal::GetCapturedStdout();
  }

  Report report_;
  int status_ = -1;
};

TEST_F(MatmulReport, SharesAreOfCublasAtTheSameSize) {
  const std::string text =
      printed({cublas(512, 1), cublas(1024, 4), timed("tiled", 512, 10), timed("tiled", 1024, 8)});
  EXPECT_EQ(status_, 0) << text;
  EXPECT_THAT(text,
              AllOf(ContainsRegex("cublasSgemm +512 +1.000 ms +0.500 ms +0.27 +100.0 % +50.0 %"),
                    ContainsRegex("tiled +512 +10.000 ms +5.000 ms +0.03 +10.0 % +50.0 %"),
                    ContainsRegex("tiled +1024 +8.000 ms +4.000 ms +0.27 +50.0 %")))
      << "2 · 512³ operations in 1 ms are 0.27 · 10¹² in a second";
  EXPECT_THAT(report_.table(),
              HasSubstr("| tiled | 512 | 10.000 | 5.000 | 0.03 | 10.0 % | 50.0 % |  |  |\n"));
}

TEST_F(MatmulReport, GoalsCountAtTheSizeThatTheyAreFor) {
  const std::string text = printed({cublas(2048, 1), timed("warp-tiled", 2048, 2), cublas(4096, 1),
                                    timed("register-1d", 4096, 2), timed("warp-tiled", 4096, 2)});
  EXPECT_EQ(status_, 1);
  EXPECT_THAT(text, AllOf(ContainsRegex("warp-tiled +2048 [^\n]*right\n"),
                          ContainsRegex("register-1d +4096 [^\n]*right, goal 36.5 %\n"),
                          ContainsRegex("warp-tiled +4096 [^\n]*right, goal 93.7 %, missed\n"),
                          HasSubstr("MISSED: 1 goals")));
}

TEST_F(MatmulReport, AWrongRowHasNoShare) {
  Row wrong = timed("naive", 4096, 0.001);
  wrong.finding = "timed run 3: element 7 is not what it should be";
  const std::string text = printed({cublas(4096, 1), wrong});
  EXPECT_EQ(status_, 1);
  EXPECT_THAT(text, AllOf(ContainsRegex("naive +4096 [^\n]*WRONG: timed run 3: element 7"),
                          HasSubstr("WRONG: 1 rows"), Not(HasSubstr("100000"))));
}

TEST_F(MatmulReport, WithoutCublasThereIsNoShareAndNoGoal) {
  Row absent{.rung = "some", .size = 4096, .absent = "this card has none"};
  const std::string text = printed({timed("naive", 4096, 1), absent});
  EXPECT_EQ(status_, 0) << text;
  EXPECT_THAT(text, AllOf(ContainsRegex("naive +4096 [^\n]*not measured [^\n]*right\n"),
                          ContainsRegex("some +4096 +not measured: this card has none"),
                          Not(HasSubstr("goal"))));
}

TEST_F(MatmulReport, AShareOfOtherNumbersIsNotMixedIn) {
  Row half = timed("tensor cores (9.12)", 4096, 2);
  half.numbers = Numbers::float16;
  EXPECT_THAT(printed({cublas(4096, 1), half}), ContainsRegex("9.12. +4096 [^\n]*not measured"));
}

TEST_F(MatmulReport, OneThatIsNotCaughtIsAFailure) {
  testing::internal::CaptureStdout();
  report_.add(Trial{.cheat = "idle", .finding = "fresh inputs, run 0", .caught = false});
  const int status = report_.end();
  EXPECT_THAT(
      testing::internal::GetCapturedStdout(),
      AllOf(HasSubstr("NOT CAUGHT BY WHAT SHOULD: fresh inputs"), HasSubstr("NOT CAUGHT: 1.")));
  EXPECT_EQ(status, 1);
}

}  // namespace
}  // namespace gradbook::bench
