// The program of `gradbook bench matmul`: the same on a GPU and on the emulator.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <fstream>

#include "report.hpp"

namespace gradbook::bench {
namespace {

constexpr int kNoDevice = 3;  // exit code: it was compiled for a GPU, and there is none

struct Options {
  std::vector<int> sizes = usual_sizes();
  std::string planted, accused;
  std::string table;
};

std::string size_or_sentence(const std::string& text) {
  int size = 0;
  if (CLI::detail::lexical_cast(text, size) && size >= 1 && size <= largest_size()) return "";
  return fmt::format("{} is no whole number from 1 to {}", text, largest_size());
}

CLI::Validator one_of(const std::vector<std::string>& names, const char* what) {
  return CLI::Validator(
      [names, what](const std::string& text) {
        if (std::ranges::find(names, text) != names.end()) return std::string();
        return fmt::format("{} is no {}; there are {}", text, what, fmt::join(names, ", "));
      },
      "");
}

int hold(const Options& options) {
  const std::string device = about_device(), cublas = about_cublas();
  fmt::print("{}\n{}\n", device, cublas);
  Report report;
  report.begin();
  for (const int size : options.sizes)
    compete(size, options.planted, [&](const Row& row) { report.add(row); });
  fmt::print("planted, and to be found out:\n");
  try_cheats(options.accused, [&](const Trial& trial) { report.add(trial); });
  if (!options.table.empty())
    std::ofstream(options.table) << "\n"
                                 << report.table() << "\nMeasured on " << device << "; " << cublas
                                 << ".\n";
  return report.end();
}

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  using namespace gradbook::bench;
  try {
    Options options;
    CLI::App app("Multiplies square matrices by every rung of the ladder, beside cuBLAS.");
    app.add_option("--sizes", options.sizes, "rows and columns, such as 512,1024")
        ->delimiter(',')
        ->check(CLI::Validator(size_or_sentence, ""));
    app.add_option("--plant", options.planted, "a cheat that takes part as if it were a rung")
        ->check(one_of(cheat_names(), "cheat"));
    app.add_option("--accuse", options.accused, "a rung that is said to cheat")
        ->check(one_of(rung_names(), "rung"));
    app.add_option("--table", options.table, "a file for the rows");
    CLI11_PARSE(app, argc, argv);
    return hold(options);
  } catch (const NoDevice& error) {
    fmt::print("{}\n", error.what());
    return kNoDevice;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
