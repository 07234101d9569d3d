// run --device cuda: programs of other modules compute with the kernels of module 09, emulated.
// They are built as checks are: that takes less time than the preset fast saves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

class Device : public testing::Test {
 protected:
  fs::path path(const std::string& name) const { return folder_.path() / name; }

  Completion run_module(const std::string& module, const std::string& out,
                        const std::vector<std::string>& options) const {
    std::vector<std::string> arguments = {(build_folder() / "gradbook").string(),
                                          "--root",
                                          root_folder().string(),
                                          "--preset",
                                          "student",
                                          "run",
                                          module,
                                          "--workbook",
                                          path("workbook").string(),
                                          "--out",
                                          path(out).string()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run({.arguments = arguments});
  }

  // A student's file of module 09: the reference, which says that it is there
  void write_own(const std::string& stem) const {
    const fs::path folder = path("workbook") / "modules/09_cuda/exercises";
    fs::create_directories(folder);
    write_atomically(folder / (stem + ".cpp"),
                     read_file(root_folder() / "solutions/09_cuda" / (stem + ".cpp")) +
                         "\n#include <cstdio>\nstatic const int kTold = std::puts(\"my own " +
                         stem + "\");\n");
  }

  // The numbers of a file of columns, without its words
  std::vector<double> numbers_in(const fs::path& file) const {
    std::istringstream text(read_file(file));
    std::vector<double> numbers;
    for (std::string word; text >> word;) {
      char* end = nullptr;
      const double number = std::strtod(word.c_str(), &end);
      if (*end == '\0') numbers.push_back(number);
    }
    return numbers;
  }

 private:
  Folder folder_;
};

TEST_F(Device, NetworksLearnAsTheyDoOnTheHost) {
  write_own("03_strided_map_zip");
  const Completion device = run_module("04", "device", {"--device", "cuda", "--epochs", "1"});
  EXPECT_EQ(device.exit_status, 0) << device.output;
  EXPECT_THAT(device.output,
              AllOf(HasSubstr("emulated: no GPU computes here"), HasSubstr("from the reference"),
                    HasSubstr("9.13"), HasSubstr("my own 03_strided_map_zip"),
                    HasSubstr("of the points right after 1 epochs")));
  EXPECT_THAT(device.output, Not(HasSubstr("9.3,"))) << "that one is there";
  EXPECT_THAT(device.output, Not(HasSubstr("9.6,"))) << "no convolution is needed";

  const Completion host = run_module("04", "host", {"--epochs", "1"});
  EXPECT_EQ(host.exit_status, 0) << host.output;
  EXPECT_THAT(host.output, Not(AnyOf(HasSubstr("emulated"), HasSubstr("my own"))));
  const std::vector<double> expected = numbers_in(path("host") / "curves.tsv"),
                            curves = numbers_in(path("device") / "curves.tsv");
  ASSERT_EQ(curves.size(), expected.size());
  ASSERT_FALSE(curves.empty());
  double furthest = 0;
  for (std::size_t i = 0; i < curves.size(); ++i)
    furthest = std::max(furthest, std::abs(curves[i] - expected[i]));
  EXPECT_LT(furthest, 1e-4) << "the same loss curves, in float";
  EXPECT_GT(furthest, 0) << "and yet in float: somebody else computed";
}

TEST_F(Device, ALanguageModelLearns) {
  std::string text;
  for (int i = 0; i < 25; ++i) text += "the cat sat on the mat,\n";
  write_atomically(path("text"), text);
  const Completion c = run_module(
      "07", "out",
      {"--device", "cuda", "--corpus", path("text").string(), "--passes", "1", "--hidden", "4",
       "--embedding", "3", "--sequences", "2", "--steps", "8", "--threads", "2", "--length", "10"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("emulated"), HasSubstr("rnn of 4 units"),
                              HasSubstr("1 of 1 epochs")));
}

TEST_F(Device, IsForProgramsThatHaveABackend) {
  const Completion c = run_module("02", "out", {"--device", "cuda"});
  EXPECT_EQ(c.exit_status, 2) << c.output;
  EXPECT_THAT(c.output, HasSubstr("--device cuda: 02_scalar's program computes nothing that "
                                  "09_cuda has kernels for"));
  const Completion other = run_module("04", "out", {"--device", "abacus"});
  EXPECT_NE(other.exit_status, 0);
  EXPECT_THAT(other.output, HasSubstr("abacus"));
}

}  // namespace
}  // namespace gradbook
