#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;

class NewExercise : public testing::Test {
 protected:
  NewExercise() {
    fs::copy(root_folder() / "tests/tools/book", folder_.path(), fs::copy_options::recursive);
  }
  Completion start(const std::string& module, const std::string& name) {
    return gradbook_program({"--root", folder_.path().string(), "author", "new", module, name});
  }
  Folder folder_;
};

TEST_F(NewExercise, WritesAllThatAnExerciseNeeds) {
  const Completion c = start("01", "cube");
  EXPECT_EQ(c.exit_status, 0) << c.output;
  for (const char* file :
       {"solutions/01_sample/03_cube.cpp", "modules/01_sample/exercises/03_cube.cpp",
        "tests/01_sample/03_cube_test.cpp", "tests/01_sample/hidden/03_cube_cases.cpp",
        "tests/01_sample/mutants/03_cube.toml"}) {
    EXPECT_TRUE(fs::exists(folder_.path() / file)) << file;
  }
  EXPECT_THAT(read_file(folder_.path() / "modules/01_sample/chapter.md"),
              HasSubstr("### 1.3 cube"));
}

TEST_F(NewExercise, RefusesANameThatIsNone) { EXPECT_EQ(start("01", "Cube Root").exit_status, 2); }
TEST_F(NewExercise, RefusesANameThatIsTaken) {
  EXPECT_THAT(start("01", "square").output, HasSubstr("square is 1.1 already"));
}
TEST_F(NewExercise, RefusesAModuleThatIsNotThere) { EXPECT_EQ(start("77", "cube").exit_status, 2); }

}  // namespace
}  // namespace gradbook
