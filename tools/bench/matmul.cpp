#include "bench/matmul.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "bench/side_by_side.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr int kNoDevice = 3;  // as benchmarks/cuda/main.cpp has it

// Shows what the program prints as it comes: on a GPU it takes minutes
int run_and_show(std::vector<std::string> arguments) {
  // With this set, cuBLAS would multiply floats with ten bits
  arguments.insert(arguments.begin(), {"env", "-u", "NVIDIA_TF32_OVERRIDE"});
  const Completion completion =
      run({.arguments = std::move(arguments), .on_output = [](std::string_view text) {
             fmt::print("{}", text);
             std::fflush(stdout);
           }});
  if (completion.signal != 0)
    throw UserError(fmt::format("the program ended by signal {}", completion.signal));
  return completion.exit_status;
}

// What nvcc said of each kernel, without the sentence that begins it
void print_kernels(const fs::path& table) {
  const std::string text = read_file(table);
  fmt::print("compiled by nvcc for a GPU, compiled only: nobody ran it\n{}",
             text.substr(text.find('\n') + 1));
}

}  // namespace

int bench_matmul(const Workshop& workshop) {
  const fs::path root = workshop.book().root();
  const fs::path folder =
      build_fast(root, {"bench_matmul", "bench_matmul_gpu", "bench_matmul_kernels"}) /
      "benchmarks/cuda";
  fmt::print("P19, P20: products of matrices by every rung of the ladder, beside cuBLAS\n");
  std::fflush(stdout);
  const fs::path on_gpu = folder / "bench_matmul_gpu", emulated = folder / "bench_matmul";
  const bool is_compiled = fs::exists(on_gpu);
  if (is_compiled) {
    const fs::path table = root / "kernels/tables/matmul.md";
    fs::create_directories(table.parent_path());
    const int status = run_and_show({on_gpu.string(), "--table", table.string()});
    if (status != kNoDevice) return status;
  }
  if (!fs::exists(emulated)) {
    fmt::print("the emulator is not there: not measured\n");
    return 0;
  }
  const int status = run_and_show({emulated.string()});
  if (is_compiled)
    print_kernels(folder / "nvcc/table.txt");
  else
    fmt::print("no nvcc of version 12 or later: nothing was compiled for a GPU\n");
  return status;
}

}  // namespace gradbook
