// `gradbook bench emulator`, and the peers it is measured beside: that they compute, not how fast.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

fs::path table() { return root_folder() / "kernels/tables/emulator.md"; }
std::string table_or_nothing() { return fs::exists(table()) ? read_file(table()) : ""; }

TEST(EmulatorBench, MeasuresEachWayToRunAKernelAndNamesTheGoal) {
  const std::string before = table_or_nothing();
  const Completion c = gradbook_program({"bench", "emulator", "--alternations", "1"});
  if (c.output.find("gradbook is not there") != std::string::npos)
    GTEST_SKIP() << "Google Benchmark or Boost.Context is not installed";
  EXPECT_THAT(
      c.output,
      AllOf(HasSubstr("product of 64², all checks on"), HasSubstr("product of 256², checks off"),
            HasSubstr("product of 256², compiled without checks"),
            HasSubstr("sum of 10⁶ numbers each, all checks on"), HasSubstr("CUDA threads/s"),
            HasSubstr("goal 500 ms: "), Not(HasSubstr("FAILED")), Not(HasSubstr("numba  "))));
  const bool missed = c.output.find("MISSED") != std::string::npos;
  EXPECT_EQ(c.exit_status, missed ? 1 : 0) << c.output;
  EXPECT_EQ(table_or_nothing(), before) << "the table is written with --against only";

  // The peer that is built with it agrees about the product
  const Completion threads =
      run({.arguments = {(root_folder() / "build/fast/benchmarks/bench_emulator_threads").string(),
                         "--benchmark_format=json"}});
  const auto json = nlohmann::json::parse(threads.output.substr(threads.output.find('{')));
  const auto& product = json.at("benchmarks").at(0);
  EXPECT_FALSE(product.value("error_occurred", false)) << threads.output;
  EXPECT_NEAR(product.at("checksum").get<double>(), 65578.65, 0.1);
  EXPECT_GT(product.at("rate").get<double>(), 0);
}

TEST(EmulatorBench, ReadsWhatTheSimulatorOfNumbaPrints) {
  const fs::path program = root_folder() / "benchmarks/emulator/simulator.py";
  const Completion c = run({.arguments = {"/usr/bin/python3", "-B", program.string(), "16"}});
  if (c.output.find("No module named 'numba'") != std::string::npos)
    GTEST_SKIP() << "python3-numba is not installed";
  ASSERT_EQ(c.exit_status, 0) << c.output << "it compares with the product of numpy";
  const auto json = nlohmann::json::parse(c.output.substr(c.output.find('{')));
  EXPECT_EQ(json.at("benchmarks").at(0).at("name"), "matmul/16");
  EXPECT_GT(json.at("benchmarks").at(0).at("rate").get<double>(), 0);
}

TEST(EmulatorBench, IsNamedWhereThereIsNoSuchBenchmark) {
  const Completion c = gradbook_program({"bench", "simulator"});
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, AllOf(HasSubstr("there is no benchmark \"simulator\""),
                              HasSubstr("lm, emulator, matmul, latency and grade")));
}

}  // namespace
}  // namespace gradbook
