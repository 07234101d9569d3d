// Hidden cases on a GPU, a second result: what it takes is built, a machine without a GPU is told
// so, and what only the emulator knows is not counted.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "student/link_program.hpp"
#include "student/main_program.hpp"
#include "student/run_on_gpu.hpp"
#include "support/observation.hpp"
#include "tools/sample_book.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using S = GpuResult::State;

// ---- what is shown ------------------------------------------------------------------------------

CaseResult result(const std::string& name, const std::string& state) {
  CaseResult r;
  r.name = name;
  r.state = state;
  return r;
}

TEST(GpuResult, WhatOnlyTheEmulatorKnowsIsNotCounted) {
  const GpuResult r =
      gpu_result("NVIDIA X", {result("a.a", "passed"), result("a.b", "only emulated"),
                              result("a.c", "passed"), result("a.d", "only emulated")});
  EXPECT_EQ(r.state, S::passed);
  EXPECT_THAT(to_lines(r), ElementsAre("on the GPU (NVIDIA X): 2 of 2 hidden cases pass; 2 more "
                                       "ask what only the emulator knows"));
  const auto json = to_json(r);
  EXPECT_EQ(json.at("state"), "passed");
  EXPECT_EQ(json.at("device"), "NVIDIA X");
  EXPECT_EQ(json.at("passed"), 2);
  EXPECT_EQ(json.at("of"), 2);
  EXPECT_EQ(json.at("only_emulated"), 2);
}

TEST(GpuResult, AFailureCostsNoPointsAndSaysSo) {
  const GpuResult r = gpu_result("NVIDIA X", {result("a.a", "passed"), result("a.b", "timed out")});
  EXPECT_EQ(r.state, S::failed);
  EXPECT_THAT(to_lines(r)[0],
              AllOf(HasSubstr("1 of 2 hidden cases pass"), HasSubstr("It costs no points.")));
  EXPECT_EQ(to_json(r).at("hidden").at(1).at("state"), "timed out");
}

// ---- what is built ------------------------------------------------------------------------------

// The small book with an exercise that is a kernel, in a tree that builds for a GPU
class GpuBook : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    book_ = new SampleBook;
    fs::copy(root_folder() / "kernels", book_->root() / "kernels", fs::copy_options::recursive);
    write("kernels/CMakeLists.txt", "");  // nothing here runs on the emulator
    write("modules/02_kernels/module.toml",
          "title = \"Kernels\"\ngoal = \"Run one.\"\nkernels = true\nbackend = "
          "\"2.1\"\nprecompiled = "
          "[\"twice.hpp\"]\n\n[[exercise]]\nid = \"2.1\"\nname = \"twice\"\ntitle = \"Twice\"\n"
          "points = 1\nminutes = 5\nlearnt = \"that\"\nhints = [\"a\", \"b\", \"c\"]\n");
    write("modules/02_kernels/twice.hpp",
          "#pragma once\n#include \"00_course/not_started.hpp\"\n"
          "#include \"kernels/device.hpp\"\nnamespace gradbook {\n"
          "__global__ void twice_kernel(float* x, int n);\n"
          "void twice(DeviceBuffer<float>& x);\n}\n");
    write("modules/02_kernels/twice.cpp",
          "#include \"02_kernels/twice.hpp\"\nvoid gradbook::twice(DeviceBuffer<float>& x) {\n"
          "  launch(twice_kernel, 1, 32)(x.data(), static_cast<int>(x.size()));\n}\n");
    write("modules/02_kernels/main_device.cpp",
          "#include \"02_kernels/twice.hpp\"\nnamespace gradbook {\nnamespace {\n"
          "[[maybe_unused]] const bool kTwice = [] {\n  DeviceBuffer<float> x(4);\n"
          "  twice(x);\n  return true;\n}();\n}\n}\n");
    write("modules/01_sample/module.toml",
          "emulated = [\"2\"]\n" + read_file(book_->root() / "modules/01_sample/module.toml"));
    write("solutions/02_kernels/01_twice.cpp", kernel("if (int(threadIdx.x) < n) "
                                                      "x[threadIdx.x] *= 2;"));
    write("tests/02_kernels/hidden/01_twice_cases.cpp",
          "#include \"02_kernels/twice.hpp\"\n#include \"support/kernel_runs.hpp\"\n"
          "namespace gradbook {\nCASE(twice, all, \"all of them\") {\n"
          "  DeviceBuffer<float> x(input_floats(\"x\", 20));\n  twice(x);\n"
          "  observe_floats(\"x\", x);\n"
          "  observe(\"reads\", last_launch().counters.global_reads);\n}\n}\n");
    configured_ = run({.arguments = {"cmake", "--preset", "student", "-DGRADBOOK_GPU=sm_80"},
                       .directory = book_->root()});
  }
  static void TearDownTestSuite() {
    delete book_;
    book_ = nullptr;
  }

  void SetUp() override {
    ASSERT_TRUE(book_->configured().ok()) << book_->configured().output;
    ASSERT_TRUE(configured_.ok()) << configured_.output;
    if (read_recipe(book_->root() / "build/student").gpu.nvcc.empty()) GTEST_SKIP() << "no nvcc";
  }

  static void write(const std::string& file, const std::string& text) {
    fs::create_directories((book_->root() / file).parent_path());
    write_atomically(book_->root() / file, text);
  }
  static std::string kernel(const std::string& body) {
    return "#include \"02_kernels/twice.hpp\"\nnamespace gradbook {\n"
           "__global__ void twice_kernel(float* x, int n) {\n  // SOLUTION BEGIN  twice\n  " +
           body + "\n  // SOLUTION END\n}\n}\n";
  }

  // What comes after the emulator has said that this file is right
  std::optional<GpuResult> result_of(const std::string& file) const {
    const fs::path workbook = book_->root() / "workbook";
    write((workbook / Book::stub_path(exercise())).lexically_relative(book_->root()), file);
    return run_on_gpu(workshop_, {.exercise = &exercise(), .state = State::done},
                      {.workbook = workbook});
  }
  const Exercise& exercise() const { return *own_.find("2.1"); }

  inline static SampleBook* book_ = nullptr;
  inline static Completion configured_ = {};
  const Book own_{book_->root()};
  const Workshop workshop_{own_, book_->root() / "build/student"};
};

TEST_F(GpuBook, AWorkerIsBuiltAndSaysWhereThereIsNoGpu) {
  const auto r = result_of(kernel("if (int(threadIdx.x) < n) x[threadIdx.x] += x[threadIdx.x];"));
  ASSERT_TRUE(r);
  if (fs::exists("/dev/nvidia0")) {
    EXPECT_EQ(r->state, S::passed) << fmt::format("{}", fmt::join(to_lines(*r), "\n"));
    return;
  }
  EXPECT_EQ(r->state, S::no_gpu) << fmt::format("{}", fmt::join(to_lines(*r), "\n"));
  EXPECT_THAT(r->device, HasSubstr("CUDA")) << "in the words of the runtime";
  EXPECT_THAT(to_lines(*r), ElementsAre(StartsWith("on a GPU: not run, CUDA finds none (")));
  EXPECT_EQ(to_json(*r).at("state"), "no GPU");
}

TEST_F(GpuBook, AStubStandsInAKernel) {
  const auto r = result_of(kernel("not_started(\"2.1\");"));
  ASSERT_TRUE(r);
  EXPECT_NE(r->state, S::not_compiled) << fmt::format("{}", fmt::join(to_lines(*r), "\n"));
}

TEST_F(GpuBook, WhatNvccDoesNotTakeIsShownInItsWords) {
  const auto r = result_of(kernel("x[threadIdx.x] = twofold(n);"));
  ASSERT_TRUE(r);
  EXPECT_EQ(r->state, S::not_compiled);
  EXPECT_THAT(r->lines, Contains(AllOf(HasSubstr("01_twice.cpp(5): error"), HasSubstr("twofold"))));
  EXPECT_THAT(to_lines(*r)[0], HasSubstr("It costs no points."));
}

// The program of another module, whose one kernel is the student's
TEST_F(GpuBook, AProgramComputesOnIt) {
  const fs::path workbook = book_->root() / "own", scratch = book_->root() / "scratch";
  write((workbook / Book::stub_path(exercise())).lexically_relative(book_->root()),
        kernel("if (int(threadIdx.x) < n) x[threadIdx.x] += x[threadIdx.x];"));
  fs::create_directories(scratch);
  const LinkedProgram program =
      link_program(workshop_, main_program(own_, own_.module("01"), true), workbook, scratch);
  EXPECT_TRUE(program.on_gpu);
  EXPECT_THAT(program.from_reference, ElementsAre("1.1", "1.2"));
  EXPECT_THAT(program.from_nowhere, IsEmpty());
  const Completion ran = run({.arguments = {program.path.string(), scratch.string()}});
  EXPECT_EQ(ran.ok(), fs::exists("/dev/nvidia0")) << ran.output;
  if (!ran.ok()) {
    EXPECT_THAT(ran.output, HasSubstr("allocate 16 bytes of the device"));
  }

  fs::remove(program.path);
  const LinkedProgram ours = link_program(workshop_, main_program(own_, own_.module("01"), true),
                                          book_->root() / "nothing", scratch);
  EXPECT_THAT(ours.from_reference, ElementsAre("1.1", "1.2", "2.1"));
  EXPECT_THAT(ours.from_nowhere, IsEmpty());
}

// A worker that says what it was told to, byte by byte
TEST_F(GpuBook, TheJudgeOfAGpuLeavesOutWhatOnlyTheEmulatorKnows) {
  const Exercise& square = *own_.find("1.1");
  const Exercise* one[] = {&square};
  workshop_.bring_up_to_date(one);
  const auto says = [](const std::string& name, const std::vector<Observation>& stream) {
    std::string bytes;
    for (const Observation& o : stream) bytes += encode(o);
    write("streams/square." + name, bytes);
  };
  const auto label = [](Role role, const char* label) {
    Observation o;
    o.role = role;
    o.type = Type::text;
    o.label = label;
    return o;
  };
  const auto real = [](const char* label, double value) {
    Observation o;
    o.label = label;
    o.reals = {value};
    return o;
  };
  const Observation end = label(Role::end, "");
  says("positive", {label(Role::only_emulated, "")});
  says("negative", {label(Role::only_emulated, "square"), end});
  says("special", {real("of 0", 0), label(Role::only_emulated, "of 1"), real("of 1/2", 0.25), end});
  write("worker", "#!/bin/sh\ncat $(dirname $0)/streams/$1 >&3\n");
  const fs::path worker = book_->root() / "worker";
  fs::permissions(worker, fs::perms::owner_all);

  const auto judged = [&](bool on_gpu) {
    return gpu_result("", run_judge(workshop_, square, worker, book_->root(), {.on_gpu = on_gpu}));
  };
  EXPECT_EQ(to_json(judged(true)).at("passed"), 1);
  EXPECT_EQ(judged(true).only_emulated, 2U);
  EXPECT_EQ(judged(true).state, S::passed);
  EXPECT_EQ(to_json(judged(false)).at("passed"), 0) << "nobody else may leave anything out";
  EXPECT_EQ(judged(false).only_emulated, 0U);

  says("special", {real("of 0", 0), label(Role::only_emulated, "of 1"), real("of 1/2", 0.5), end});
  EXPECT_EQ(judged(true).state, S::failed);
}

TEST_F(GpuBook, NothingElseAsksForAGpu) {
  const auto asked = [&](const char* id, State state, const CheckOptions& options) {
    return run_on_gpu(workshop_, {.exercise = own_.find(id), .state = state}, options);
  };
  EXPECT_FALSE(asked("1.1", State::done, {})) << "no kernel";
  EXPECT_FALSE(asked("2.1", State::wrong, {})) << "it did not pass on the emulator";
  EXPECT_FALSE(asked("2.1", State::done, {.only_test = "Twice.All"}));
}

}  // namespace
}  // namespace gradbook
