// nvcc is found where it is, kernels are compiled for GPUs, and nothing is lost without it.
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

// A project of one folder that compiles kernels as ours does
class Nvcc : public testing::Test {
 protected:
  Nvcc() {
    write("CMakeLists.txt", fmt::format("cmake_minimum_required(VERSION 3.25)\n"
                                        "project(kernels LANGUAGES NONE)\n"
                                        "include({0}/kernels/nvcc.cmake)\n"
                                        "file(GLOB sources ${{SOURCES}})\n"
                                        "gradbook_cubins(cubins SOURCES ${{sources}} INCLUDES "
                                        "{0})\n",
                                        root_folder().string()));
  }

  void write(const std::string& name, const std::string& text) {
    write_atomically(folder_.path() / name, text);
  }

  // Something that prints what nvcc would, as far as we read it
  std::string fake(const std::string& version, const std::string& compiling) {
    write("nvcc", fmt::format("#!/bin/sh\n"
                              "case $1 in\n"
                              "  --version) echo 'Cuda compilation tools, release {}, V0' ;;\n"
                              "  --list-gpu-code) printf 'sm_80\\nsm_90\\n' ;;\n"
                              "  *) for a; do case $last in -o|-MF) : > $a ;; esac; last=$a; done\n"
                              "     {} ;;\n"
                              "esac\n",
                              version, compiling));
    fs::permissions(folder_.path() / "nvcc", fs::perms::owner_all);
    return (folder_.path() / "nvcc").string();
  }

  // "" looks for the nvcc of this machine
  Completion configure(const std::string& nvcc, const std::string& sources) {
    Command command{.arguments = {"cmake", "-G", "Ninja", "-S", folder_.path().string(), "-B",
                                  (folder_.path() / "build").string(), "-DSOURCES=" + sources}};
    if (!nvcc.empty()) command.arguments.push_back("-DGRADBOOK_NVCC=" + nvcc);
    return run(command);
  }

  Completion build() {
    return run({.arguments = {"cmake", "--build", (folder_.path() / "build").string(), "--target",
                              "cubins"}});
  }

  std::string table() { return read_file(folder_.path() / "build/nvcc/cubins/table.txt"); }

  Folder folder_;
};

TEST_F(Nvcc, CompilesEveryExampleWhereItIs) {
  const Completion found = configure("", (root_folder() / "kernels/examples/*.cpp").string());
  ASSERT_TRUE(found.ok()) << found.output;
  if (found.output.find("no nvcc") != std::string::npos) GTEST_SKIP() << "no nvcc";
  const Completion built = build();
  ASSERT_TRUE(built.ok()) << built.output;
  for (const char* kernel : {"vector_add", "reduce_block"})
    EXPECT_THAT(table(), ContainsRegex(fmt::format(
                             "{0} +{0}.cpp +sm_80 +[1-9][0-9]* +0 +0 +compiled only\n", kernel)));
  EXPECT_THAT(
      table(),
      ContainsRegex("transpose +transpose.cpp +sm_80 +[1-9][0-9]* +4224 +0 +compiled only\n"))
      << "32 rows of 33 floats";
  EXPECT_THAT(
      table(),
      ContainsRegex("matmul_tiled +matmul_tiled.cpp +sm_80 +[1-9][0-9]* +2048 +0 +compiled only\n"))
      << "two tiles of 16 × 16 floats";
  EXPECT_TRUE(fs::exists(folder_.path() / "build/nvcc/cubins/transpose.cpp.sm_80.cubin"));
}

TEST_F(Nvcc, ShowsWhatAKernelSpills) {
  write("greedy.cpp",
        "#include \"kernels/cuda.hpp\"\n"
        "namespace { __global__ void __launch_bounds__(1024) greedy(float* x) {\n"
        "  float kept[128];\n"
        "  for (int i = 0; i < 128; ++i) kept[i] = x[i * 1024 + threadIdx.x];\n"
        "  __syncthreads();\n"
        "  for (int i = 0; i < 128; ++i) x[i * 1024 + threadIdx.x] = kept[i] * kept[127 - i] + i;\n"
        "} }\n"
        "void run(float* x) { greedy<<<1, 1024>>>(x); }\n");
  const Completion found = configure("", (folder_.path() / "greedy.cpp").string());
  if (found.output.find("no nvcc") != std::string::npos) GTEST_SKIP() << "no nvcc";
  const Completion built = build();
  ASSERT_TRUE(built.ok()) << built.output;
  EXPECT_THAT(
      table(),
      ContainsRegex("greedy +greedy.cpp +sm_80 +[1-9][0-9]* +0 +[1-9][0-9]* +compiled only\n"))
      << "128 numbers do not fit into the 64 registers that each of 1024 threads gets";
}

TEST_F(Nvcc, NothingElseNeedsIt) {
  const Completion found = configure("none", (root_folder() / "kernels/examples/*.cpp").string());
  ASSERT_TRUE(found.ok()) << found.output;
  EXPECT_THAT(found.output, HasSubstr("kernels: emulated, no nvcc, "));
  ASSERT_TRUE(build().ok());
  EXPECT_THAT(table(), AllOf(HasSubstr("emulated, no nvcc, "), Not(HasSubstr("compiled only"))));
}

TEST_F(Nvcc, AnOldOneIsRefusedByItsVersion) {
  const Completion found = configure(fake("11.8", "exit 1"), "");
  EXPECT_TRUE(found.ok()) << found.output;
  EXPECT_THAT(found.output, AllOf(HasSubstr("no nvcc of version 12 or later"), HasSubstr("11.8")));
}

TEST_F(Nvcc, CompilesForWhatItSupportsAndReadsTheNumbers) {
  write("some.cpp", "");
  const std::string says =
      "echo \"Compiling entry function '_ZN8gradbook4someI6float4EEvPT_' for 'sm_90a'\"\n"
      "echo '    8 bytes stack frame, 12 bytes spill stores, 30 bytes spill loads'\n"
      "echo 'Used 40 registers, used 1 barriers, 512 bytes smem, 380 bytes cmem[0]'\n"
      "echo \"Compiling entry function '_Z5plain6float4Pf' for 'sm_90a'\"\n"
      "echo '    0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads'\n"
      "echo 'Used 7 registers, 380 bytes cmem[0]'";
  const Completion found = configure(fake("12.0", says), (folder_.path() / "some.cpp").string());
  EXPECT_THAT(found.output, HasSubstr("compiled by nvcc 12.0 for sm_80 sm_90a,"));
  const Completion built = build();
  ASSERT_TRUE(built.ok()) << built.output;
  EXPECT_THAT(table(), AllOf(ContainsRegex("some +some.cpp +sm_90a +40 +512 +42 +compiled only\n"),
                             ContainsRegex("plain +some.cpp +sm_80 +7 +0 +0 +compiled only\n"),
                             Not(HasSubstr("sm_100"))));
}

TEST_F(Nvcc, AFileThatDoesNotCompileSaysWhy) {
  write("some.cpp", "");
  configure(fake("12.0", "echo 'some.cpp(3): error: this is no CUDA'; exit 1"),
            (folder_.path() / "some.cpp").string());
  const Completion built = build();
  EXPECT_FALSE(built.ok());
  EXPECT_THAT(built.output, HasSubstr("some.cpp(3): error: this is no CUDA"));
  EXPECT_FALSE(fs::exists(folder_.path() / "build/nvcc/cubins/table.txt"));
}

}  // namespace
}  // namespace gradbook
