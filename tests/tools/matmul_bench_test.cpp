// `gradbook bench matmul`: what it says without a GPU, and that it finds out wrong kernels. The
// program for a GPU is compiled and linked where nvcc is, and never run.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

// Its programs are built once, by the benchmark itself
class MatmulBench : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (fs::exists("/dev/nvidia0")) return;  // it would measure for minutes
    whole_ = gradbook_program({"bench", "matmul"});
  }

  void SetUp() override {
    if (fs::exists("/dev/nvidia0")) GTEST_SKIP() << "a GPU is there: gradbook bench matmul";
    if (whole_.output.find("the emulator is not there") != std::string::npos)
      GTEST_SKIP() << "Boost.Context is not installed";
  }

  static void skip_without_nvcc() {
    if (whole_.output.find("no nvcc of version") != std::string::npos) GTEST_SKIP() << "no nvcc";
  }

  static fs::path built(const std::string& name) {
    return root_folder() / "build/fast/benchmarks/cuda" / name;
  }

  static Completion emulated(std::vector<std::string> options) {
    options.insert(options.begin(), built("bench_matmul").string());
    return run({.arguments = std::move(options)});
  }

  static Completion whole_;
};

Completion MatmulBench::whole_;

TEST_F(MatmulBench, RunsEveryRungOnTheEmulatorAndMeasuresNoTime) {
  EXPECT_EQ(whole_.exit_status, 0) << whole_.output;
  EXPECT_THAT(whole_.output, AllOf(HasSubstr("emulated (no GPU): no time of a GPU was measured"),
                                   HasSubstr("no cuBLAS: not measured"), Not(HasSubstr("WRONG")),
                                   Not(HasSubstr("TFLOP")), Not(HasSubstr(" ms"))));
  for (const char* rung : {"naive", "coalesced", "tiled", "register-1d", "register-2d",
                           "vectorised", "warp-tiled", "double-buffered", "tensor cores .9.12."})
    for (const int size : {64, 100, 128})
      EXPECT_THAT(whole_.output, ContainsRegex(fmt::format("  {} +{} .* right\n", rung, size)));
  EXPECT_THAT(whole_.output, AllOf(ContainsRegex("naive +128 +256.00 +1024.0 +0 +0 +right"),
                                   ContainsRegex("tiled +128 +16.00 +64.0 +0 +1024 +right"),
                                   ContainsRegex("double-buffered +128 +0.50 +8.0 +0 +8 +right"),
                                   ContainsRegex("wgmma and TMA +128 +not measured: ")))
      << "reads and bytes for an element of C, bank conflicts, barriers";
}

TEST_F(MatmulBench, CatchesAllThatCheatEachByItsOwnStep) {
  EXPECT_THAT(whole_.output,
              AllOf(ContainsRegex("first result for ever +caught: timed run 1: "),
                    ContainsRegex("idle once warm +caught: timed run 0: "),
                    ContainsRegex("leaves out a row +caught: timed run 0: element 4032 "),
                    ContainsRegex("ten bits +caught: timed run 0: "),
                    ContainsRegex("knows addresses +caught: fresh inputs, run 0: "),
                    ContainsRegex("knows numbers +caught: with fresh inputs it takes more"),
                    Not(HasSubstr("NOT CAUGHT"))));
}

TEST_F(MatmulBench, FailsWhereARungIsWrong) {
  for (const char* wrong : {"leaves out a row", "ten bits"}) {
    const Completion c = emulated({"--sizes", "40", "--plant", wrong});
    EXPECT_EQ(c.exit_status, 1) << c.output;
    EXPECT_THAT(c.output, AllOf(ContainsRegex(fmt::format("{} +40 .* WRONG: timed run 0: ", wrong)),
                                ContainsRegex("tiled +40 .* right"), HasSubstr("WRONG: 1 rows\n")));
  }
}

TEST_F(MatmulBench, FailsWhereOneThatShouldBeCaughtIsNot) {
  const Completion c = emulated({"--sizes", "16", "--accuse", "vectorised"});
  EXPECT_EQ(c.exit_status, 1) << c.output;
  EXPECT_THAT(c.output, AllOf(ContainsRegex("vectorised +NOT CAUGHT\n"),
                              HasSubstr("NOT CAUGHT: 1."), Not(HasSubstr("WRONG"))));
}

TEST_F(MatmulBench, TakesSizesThatAreNoMultipleOfATile) {
  const Completion c = emulated({"--sizes", "1,33"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(ContainsRegex("naive +1 +2.00 "),
                              ContainsRegex("tensor cores .9.12. +33 .* right")));
}

TEST_F(MatmulBench, RefusesWhatItDoesNotKnow) {
  const auto expect_refused = [](const std::vector<std::string>& options, const char* says) {
    const Completion c = emulated(options);
    EXPECT_NE(c.exit_status, 0) << c.output;
    EXPECT_THAT(c.output, HasSubstr(says));
  };
  for (const char* size : {"0", "-4", "257", "many"})
    expect_refused({"--sizes", size}, "is no whole number from 1 to 256");
  expect_refused({"--plant", "tiled"}, "tiled is no cheat; there are first result for ever, idle");
  expect_refused({"--accuse", "fastest"}, "fastest is no rung; there are naive, coalesced, tiled");

  const Completion extra = gradbook_program({"bench", "matmul", "--against", "3"});
  EXPECT_EQ(extra.exit_status, 2) << extra.output;
  EXPECT_THAT(extra.output, HasSubstr("3"));
}

TEST_F(MatmulBench, IsCompiledAndLinkedForAGpuWhereNvccIs) {
  skip_without_nvcc();
  if (IsSkipped()) return;
  EXPECT_THAT(whole_.output, AllOf(HasSubstr("compiled only: nobody ran it"),
                                   ContainsRegex("matmul_double_buffered_kernel +matmul.cu +sm_"
                                                 "[0-9a-z]+ +[1-9][0-9]* +33280 +0 +compiled only"),
                                   ContainsRegex("matmul_wmma_kernel +matmul.cu +sm_")));
  const Completion c = run({.arguments = {built("bench_matmul_gpu").string(), "--sizes", "512"}});
  EXPECT_EQ(c.exit_status, 3) << c.output;
  EXPECT_THAT(c.output, HasSubstr("no GPU can be used: "));
}

TEST_F(MatmulBench, TheRungForHopperKeepsItsSumsInRegistersAndItsProductsInARow) {
  skip_without_nvcc();
  if (IsSkipped()) return;
  const fs::path log = built("nvcc/hopper.cu.sm_90a.txt");
  if (!fs::exists(log)) GTEST_SKIP() << "this nvcc knows no sm_90a";
  EXPECT_THAT(read_file(log), AllOf(HasSubstr("matmul_hopper_kernel"),
                                    HasSubstr("0 bytes spill stores, 0 bytes spill loads"),
                                    Not(HasSubstr("(C75")), Not(HasSubstr("warning"))))
      << "C7508 to C7519: ptxas makes products wait for each other, or ignores setmaxnreg";

  const Completion sass =
      run({.arguments = {"cuobjdump", "-sass", built("nvcc/hopper.cu.sm_90a.o").string()},
           .output_cap = 4u << 20});
  if (!sass.ok()) GTEST_SKIP() << "cuobjdump is not installed: instructions are not looked at";
  EXPECT_THAT(sass.output,
              AllOf(HasSubstr("HGMMA.64x256x16.F32.BF16"), HasSubstr("UTMALDG.2D"),
                    HasSubstr("USETMAXREG"), Not(HasSubstr("LDL")), Not(HasSubstr("STL"))));
}

}  // namespace
}  // namespace gradbook
