// Bad input of every kind: one clear sentence, exit code 2, and nothing of the student's touched.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const fs::path kFile = "modules/02_scalar/exercises/02_topological_sort.cpp";

class BadInput : public testing::Test {
 protected:
  fs::path file() const { return folder_.path() / kFile; }
  Completion check() {
    return gradbook_program({"check", "2.2", "--workbook", folder_.path().string()});
  }
  void expect_refused(const Completion& c, const std::string& says) {
    EXPECT_EQ(c.exit_status, 2) << c.output;
    EXPECT_THAT(c.output, HasSubstr(says));
  }
  Folder folder_;
};

TEST_F(BadInput, AMissingFile) {
  expect_refused(check(), "is not there: was it renamed or deleted?");
}

TEST_F(BadInput, AnEmptyFile) {
  write_atomically(file(), "\n \n");
  expect_refused(check(), "is empty");
  EXPECT_EQ(read_file(file()), "\n \n");
}

TEST_F(BadInput, ADirectoryInItsPlace) {
  fs::create_directories(file());
  expect_refused(check(), "is a directory where a file should be");
}

TEST_F(BadInput, AFileThatIsNotUtf8) {
  write_atomically(file(), "int x;\n// caf\xe9\n");
  expect_refused(check(), ":2: this byte (0xe9) is not UTF-8");
}

TEST_F(BadInput, AnEnormousFile) {
  write_atomically(file(), std::string(10'000'000, ' '));
  expect_refused(check(), "larger than 1 MiB");
}

TEST_F(BadInput, AFileWithoutPermission) {
  write_atomically(file(), "int x;\n");
  chmod(file().c_str(), 0);
  if (access(file().c_str(), R_OK) == 0) GTEST_SKIP() << "root may read everything";
  expect_refused(check(), "Permission denied");
}

TEST_F(BadInput, AReadOnlyFileIsCheckedAllTheSame) {
  write_atomically(file(),
                   read_file(root_folder() / "solutions/02_scalar/02_topological_sort.cpp"));
  chmod(file().c_str(), 0444);
  EXPECT_EQ(check().exit_status, 0);
}

TEST_F(BadInput, AnUnknownExercise) {
  expect_refused(gradbook_program({"check", "2.99"}),
                 "there is no exercise or module \"2.99\": did you mean 2.");
}

TEST_F(BadInput, AnUnknownTest) {
  write_atomically(file(),
                   read_file(root_folder() / "solutions/02_scalar/02_topological_sort.cpp"));
  expect_refused(gradbook_program({"check", "2.2", "--workbook", folder_.path().string(), "--test",
                                   "Nothing.Here"}),
                 "has no public test \"Nothing.Here\"");
}

TEST_F(BadInput, AnUnknownCase) {
  write_atomically(file(),
                   read_file(root_folder() / "solutions/02_scalar/02_topological_sort.cpp"));
  expect_refused(gradbook_program(
                     {"check", "2.2", "--workbook", folder_.path().string(), "--case", "no.such"}),
                 "has no hidden case \"no.such\"");
}

TEST_F(BadInput, AnUnknownCommand) { EXPECT_EQ(gradbook_program({"chekc"}).exit_status, 2); }

TEST_F(BadInput, ABookWithoutModules) {
  expect_refused(gradbook_program({"--root", folder_.path().string(), "check"}),
                 "has no modules: run gradbook inside of a workbook");
}

TEST_F(BadInput, AModuleThatDoesNotParse) {
  write_atomically(folder_.path() / "modules/01_x/module.toml", "title = \n");
  expect_refused(gradbook_program({"--root", folder_.path().string(), "check"}),
                 "01_x/module.toml:1:");
}

// A disk that is full: a file system of one page, which only root can mount
TEST_F(BadInput, AFullDisk) {
  const fs::path small = folder_.path() / "small";
  fs::create_directories(small);
  if (run({.arguments = {"mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", small.string()}})
          .exit_status != 0) {
    GTEST_SKIP() << "only root can mount a small disk";
  }
  write_atomically(small / "kept", "old");
  try {
    write_atomically(small / "kept", std::string(100'000, 'x'));
    ADD_FAILURE() << "100 kB went onto a disk of 4 kB";
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("the disk is full: make room and try again"), HasSubstr("kept")));
  }
  EXPECT_EQ(read_file(small / "kept"), "old") << "what was there must survive";
  EXPECT_EQ(std::distance(fs::directory_iterator(small), {}), 1)
      << "nothing half written stays behind";
  run({.arguments = {"umount", small.string()}});
}

TEST_F(BadInput, ACompilerThatIsGone) {
  // A build tree whose recipe names a compiler that is not there
  const fs::path build = folder_.path() / "build/student";
  for (const char* part : {"modules", "solutions", "tests", "tools"})
    fs::create_symlink(root_folder() / part, folder_.path() / part);
  // It stands there as if everything of ours had been made
  const fs::path header = build / "CMakeFiles/02_scalar_reference.dir/cmake_pch.hxx.gch";
  fs::create_directories(header.parent_path());
  for (const fs::path& made : {build / "supervisor", header}) write_atomically(made, "");
  write_atomically(build / "recipe.json", replaced(read_file(build_folder() / "recipe.json"),
                                                   "\"compiler\": \"", "\"compiler\": \"/nowhere"));
  write_atomically(build / "build.ninja", "rule none\n  command = true\n");
  expect_refused(gradbook_program({"--root", folder_.path().string(), "check", "2.2"}), "/nowhere");
}

}  // namespace
}  // namespace gradbook
