#include "book/book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;

const char* const kSound = R"(title = "T"
goal = "G"

[[exercise]]
id = "1.1"
name = "first"
title = "First"
points = 2
minutes = 10
learnt = "a"
hints = ["a", "b", "c"]

[[exercise]]
id = "1.2"
name = "second"
title = "Second"
points = 2
minutes = 10
prerequisites = ["1.1"]
learnt = "b"
hints = ["a", "b", "c"]
)";

// What the book says of a module.toml; empty when it reads it
std::string complaint(const std::string& toml) {
  Folder folder;
  write_atomically(folder.path() / "modules" / "01_sample" / "module.toml", toml);
  try {
    Book book(folder.path());
    return "";
  } catch (const UserError& error) {
    return error.what();
  }
}

std::string complaint(const std::string& from, const std::string& to) {
  return complaint(replaced(kSound, from, to));
}

TEST(Book, ReadsASoundModule) { EXPECT_EQ(complaint(kSound), ""); }

TEST(Book, NamesFileAndLineOfWhatDoesNotParse) {
  EXPECT_THAT(complaint("points = 2", "points = = 2"), HasSubstr("01_sample/module.toml:8:"));
}

TEST(Book, NamesAMissingKey) {
  EXPECT_THAT(complaint("minutes = 10\n", ""), HasSubstr("\"minutes\" is missing"));
}
TEST(Book, NamesAWrongType) {
  EXPECT_THAT(complaint("points = 2", "points = \"2\""),
              HasSubstr("module.toml:8: \"points\" must be a number"));
}
TEST(Book, NamesAKeyThatNothingReads) {
  EXPECT_THAT(complaint("minutes", "minuets = 1\nminutes"),
              HasSubstr("module.toml:9: nothing reads the key \"minuets\""));
}
TEST(Book, RefusesAHintThatIsNeverShown) {
  EXPECT_THAT(complaint("\"c\"]", "\"c\", \"d\"]"), HasSubstr("only three are ever shown"));
}
TEST(Book, RefusesAnIdOutOfOrder) {
  EXPECT_THAT(complaint("id = \"1.2\"", "id = \"1.3\""), HasSubstr("1.3 stands where 1.2 is due"));
}
TEST(Book, RefusesAnUnknownPrerequisite) {
  EXPECT_THAT(complaint("[\"1.1\"]", "[\"1.9\"]"),
              HasSubstr("1.2 needs 1.9, which is no exercise"));
}

TEST(Book, FindsExercisesByAnyOfTheirNames) {
  const Book book(root_folder());
  for (const char* name : {"2.2", "topological_sort", "02_topological_sort",
                           "modules/02_scalar/exercises/02_topological_sort.cpp"}) {
    const auto found = book.select(name);
    ASSERT_EQ(found.size(), 1u) << name;
    EXPECT_EQ(found[0]->id, "2.2");
  }
  EXPECT_EQ(book.select("02").size(), book.select("02_scalar").size());
  EXPECT_EQ(book.select("scalar").size(), 14u);
}

TEST(Book, OffersTheNearestName) {
  const Book book(root_folder());
  try {
    book.select("topologicl_sort");
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean topological_sort?"));
  }
}

// A worker picks its case by name alone, and the integrated run has those of a whole module in one
TEST(Book, NoTwoHiddenCasesOfAModuleHaveTheSameName) {
  static const std::regex kCase(R"(\bCASE\((\w+), (\w+))");
  const Book book(root_folder());
  std::map<std::string, std::string> places;
  for (const Exercise* e : book.select("")) {
    const std::string text = read_file(book.hidden_cases(*e));
    for (std::sregex_iterator i(text.begin(), text.end(), kCase), end; i != end; ++i) {
      const std::string name = e->module + " " + (*i)[1].str() + "." + (*i)[2].str();
      const auto [place, fresh] = places.emplace(name, e->id);
      EXPECT_TRUE(fresh) << name << " is a case of " << place->second << " and of " << e->id;
    }
  }
  EXPECT_GE(places.size(), 10 * book.select("").size());
}

}  // namespace
}  // namespace gradbook
