/// @file
/// gradbook alone, at a terminal, on a student's workbook.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

#include "tools/program.hpp"
#include "tools/pty.hpp"

namespace gradbook {

inline const fs::path kFirst = "01_foundations", kExercises = "modules/01_foundations/exercises";
inline const fs::path kIn = "modules/02_scalar/exercises/02_topological_sort.cpp";

// A copy of the workbook, in which one exercise was chosen before, so that nobody is welcomed
class WatchTest : public testing::Test {
 protected:
  WatchTest()
      : solution_(read_file(root_folder() / "solutions/02_scalar/02_topological_sort.cpp")) {
    for (const char* module : {"01_foundations", "02_scalar"}) {
      const fs::path from = fs::path("modules") / module / "exercises";
      fs::create_directories(folder_.path() / from);
      fs::copy(root_folder() / from, folder_.path() / from);
    }
    remember("2.2");
  }

  void remember(const std::string& id) {
    write_atomically(folder_.path() / ".gradbook/progress.json",
                     "{\"version\": 1, \"current\": \"" + id + "\", \"exercises\": {}}");
  }

  std::vector<std::string> command() const {
    return {(build_folder() / "gradbook").string(), "--workbook", folder_.path().string()};
  }
  fs::path file() const { return folder_.path() / kIn; }
  void save(const std::string& text) const { write_in_place(file(), text); }

  static void write_in_place(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::trunc) << text;
  }

  std::string wrong() const {
    return replaced(solution_, "seen.insert(input)) stack", "true) stack");
  }
  std::string endless() const {
    return replaced(solution_, "  Marker seen;",
                    "  Marker seen;\n  volatile bool again = true;\n  while (again) {}");
  }

  // Processes whose program is a student's of exercise 2.2 in our build tree
  static int programs_running() {
    const std::string of = (build_folder() / "exercises" / "2.2").string() + "/";
    int found = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
      std::error_code error;
      const fs::path program = fs::read_symlink(entry.path() / "exe", error);
      found += !error && program.string().starts_with(of);
    }
    return found;
  }

  static void expect_as_before(const Pty& pty) {
    const termios &before = pty.settings_before(), after = pty.settings();
    EXPECT_EQ(before.c_lflag, after.c_lflag);
    EXPECT_EQ(before.c_iflag, after.c_iflag);
    EXPECT_EQ(before.c_oflag, after.c_oflag);
    EXPECT_EQ(std::memcmp(before.c_cc, after.c_cc, sizeof before.c_cc), 0);
    EXPECT_THAT(pty.bytes(),
                testing::AllOf(testing::HasSubstr("\x1b[?25h"), testing::HasSubstr("\x1b[?1049l")))
        << "the cursor and the screen of before are to be back";
  }

  // Reads until the student's endless loop runs
  static void wait_for_loop(Pty& pty) {
    for (const auto until = Pty::Clock::now() + std::chrono::seconds(60);
         programs_running() == 0 && Pty::Clock::now() < until;)
      pty.read_for(std::chrono::milliseconds(20));
    ASSERT_GT(programs_running(), 0) << pty.screen();
    EXPECT_NE(pty.settings().c_lflag, pty.settings_before().c_lflag);
  }

  Folder folder_;
  const std::string solution_;
};

}  // namespace gradbook
