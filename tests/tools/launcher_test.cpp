// The launcher on machines that lack something, played by a PATH of our own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Launcher : public testing::Test {
 protected:
  Launcher() {
    fs::create_directories(folder_.path() / "bin");
    for (const char* tool : {"bash", "mkdir", "flock", "sed", "sort", "comm", "printf", "tail",
                             "cat", "touch", "mv", "tr", "grep", "env"}) {
      for (const char* place : {"/usr/bin", "/bin"}) {
        std::error_code taken;
        if (fs::exists(fs::path(place) / tool))
          fs::create_symlink(fs::path(place) / tool, folder_.path() / "bin" / tool, taken);
      }
    }
    fs::copy(root_folder() / "packages.txt", folder_.path() / "packages.txt");
  }

  void fake(const std::string& tool, const std::string& script) {
    const fs::path path = folder_.path() / "bin" / tool;
    write_atomically(path, "#!/bin/sh\n" + script + "\n");
    fs::permissions(path, fs::perms::owner_all);
  }

  Completion set_up() {
    return run({.arguments = {"bash", (root_folder() / "cmake/set_up.sh").string(),
                              folder_.path().string(), "student"},
                .environment = {"PATH=" + (folder_.path() / "bin").string()}});
  }

  Folder folder_;
};

TEST_F(Launcher, ListsWhatIsMissingWhereItMayNotInstall) {
  fake("id", "echo 1000");
  fake("apt-get", "exit 1");
  fake("dpkg-query", "echo 'ii  cmake'");
  const Completion c = set_up();
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, AllOf(HasSubstr("there is no sudo"), HasSubstr("ninja-build"),
                              Not(HasSubstr(" cmake"))));
}

TEST_F(Launcher, InstallsThroughSudoWhereItIsNotRoot) {
  fake("id", "echo 1000");
  fake("apt-get", "exit 1");
  fake("dpkg-query", "exit 1");
  fake("sudo", "echo \"$@\" >>" + (folder_.path() / "asked").string() + "; exit 1");
  const Completion c = set_up();
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, HasSubstr("could not be installed"));
  EXPECT_THAT(read_file(folder_.path() / "asked"), HasSubstr("apt-get update"));
}

TEST_F(Launcher, PrintsTheListOnOtherSystems) {
  const Completion c = set_up();
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, AllOf(HasSubstr("this is no Debian"), HasSubstr("libgtest-dev")));
}

}  // namespace
}  // namespace gradbook
