// What is handed out: the same bytes each time, nothing that no student is to read, and a workbook
// that works on its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "instructor/handout_tree.hpp"
#include "instructor/leaks.hpp"
#include "tools/program.hpp"
#include "tools/pty.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const fs::path kExercises = "modules/02_scalar/exercises";

std::map<std::string, std::string> files_below(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      files[entry.path().lexically_relative(folder).string()] = read_file(entry.path());
  }
  return files;
}

Completion handout(const fs::path& out, std::vector<std::string> more) {
  more.insert(more.begin(), {"handout", "--out", out.string()});
  return gradbook_program(more);
}

// The book again, in which something can be planted
class BookCopy {
 public:
  BookCopy() {
    for (const auto& entry : fs::directory_iterator(root_folder())) {
      const std::string name = entry.path().filename().string();
      if (name != "build" && name != ".git" && name != ".gradbook")
        fs::copy(entry.path(), root() / name, fs::copy_options::recursive);
    }
    fs::create_directories(root() / "build/student");
    fs::copy(build_folder() / "recipe.json", root() / "build/student/recipe.json");
    // Nothing is built in it: the figures are made in the book itself
    const Completion figures = gradbook_program({"author", "figures"});
    if (!figures.ok()) throw std::runtime_error(figures.output);
    fs::create_directories(root() / "build/student/docs");
    fs::copy(build_folder() / "docs/figures", root() / "build/student/docs/figures");
  }
  fs::path root() const { return folder_.path(); }
  void edit(const fs::path& file, const std::string& from, const std::string& to) const {
    write_atomically(root() / file, replaced(read_file(root() / file), from, to));
  }
  Completion handout(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"--root", root().string(), "handout", "--out",
                               (root() / "out").string(), "--no-references"});
    return gradbook_program(more);
  }

 private:
  Folder folder_;
};

// Modules 01 and 02 are handed out once for all tests that look at them
class Handout : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new Folder;
    made_ = new Completion(handout(given(), {"--modules", "01-02"}));
  }
  static void TearDownTestSuite() {
    delete folder_;
    delete made_;
  }
  void SetUp() override { ASSERT_EQ(made_->exit_status, 0) << made_->output; }

  static fs::path given() { return folder_->path() / "given"; }

 private:
  static inline Folder* folder_ = nullptr;
  static inline Completion* made_ = nullptr;
};

TEST_F(Handout, GivesTheSameBytesTwice) {
  Folder folder;
  ASSERT_EQ(handout(folder.path() / "two", {"--modules", "01-02"}).exit_status, 0);
  const auto one = files_below(given()), two = files_below(folder.path() / "two");
  EXPECT_GT(one.size(), 100u);
  EXPECT_TRUE(
      one.count("references/" + std::string("x86_64-linux-gnu-g++-12-student") + "/02_scalar.a") ||
      !fs::exists("/usr/lib/x86_64-linux-gnu"));
  EXPECT_EQ(one, two);
}

TEST_F(Handout, HoldsNothingThatNoStudentIsToRead) {
  const Secrets secrets{Book(root_folder())};
  EXPECT_GT(secrets.size(), 2000u);
  EXPECT_THAT(secrets.found_below(given()), IsEmpty());
  for (const auto& [path, bytes] : files_below(given())) {
    for (const char* part : {"solutions/", "hidden", "mutants", "instructor", "author", "bench",
                             "judge_main", "worker_main", "comparator", "support/case"})
      EXPECT_THAT(path, Not(HasSubstr(part)));
  }
}

TEST_F(Handout, HoldsWhatSetUpFetchesDataBy) {
  Folder folder;
  const fs::path out = folder.path() / "out";
  const Completion c = handout(out, {"--modules", "01", "--no-references"});
  ASSERT_EQ(c.exit_status, 0) << c.output;
  for (const char* file :
       {"cmake/fetch_data.sh", "data/package.json", "data/package-lock.json", "data/to_text.js"})
    EXPECT_EQ(read_file(out / file), read_file(root_folder() / file)) << file;
  EXPECT_THAT(read_file(out / "packages.txt"), HasSubstr("\nnpm  # optional\n"));
}

TEST_F(Handout, WhatIsSearchedForIsFoundInSourcesAndObjects) {
  const Book book(root_folder());
  const Secrets secrets(book);
  const Exercise& e = *book.find("2.2");
  EXPECT_GT(secrets.found_in(read_file(book.solution(e))).size(), 5u);
  EXPECT_GT(secrets.found_in(read_file(book.hidden_cases(e))).size(), 10u);
  EXPECT_GT(secrets.found_in(read_file(book.mutants(e))).size(), 7u);
  // An object that nobody stripped
  const fs::path object = build_folder() / "CMakeFiles/02_scalar_reference.dir" /
                          "solutions/02_scalar/02_topological_sort.cpp.o";
  ASSERT_EQ(gradbook_program({"check", "2.2", "--workbook", root_folder().string()}).signal, 0);
  EXPECT_GT(secrets.found_in(read_file(object)).size(), 0u);
}

TEST_F(Handout, APlantedLeakIsRefused) {
  const BookCopy copy;
  const fs::path chapter = "modules/02_scalar/chapter.md";
  const std::string clean = read_file(copy.root() / chapter);
  write_atomically(copy.root() / chapter,
                   clean + read_file(copy.root() / "solutions/02_scalar/02_topological_sort.cpp"));
  Completion c = copy.handout();
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, AllOf(HasSubstr("nothing is handed out"), HasSubstr(chapter.string()),
                              HasSubstr("02_topological_sort.cpp:")));
  EXPECT_FALSE(fs::exists(copy.root() / "out"));

  write_atomically(copy.root() / chapter, clean);
  copy.edit("tests/02_scalar/02_topological_sort_test.cpp", "namespace {",
            "// CASE(topological_sort, diamond\nnamespace {");
  c = copy.handout();
  EXPECT_EQ(c.exit_status, 2) << "the name of a hidden case";
  EXPECT_THAT(c.output, HasSubstr("tests/02_scalar/02_topological_sort_test.cpp"));
}

TEST_F(Handout, WhatOthersBuildOnIsGiven) {
  const BookCopy copy;
  copy.edit("modules/02_scalar/module.toml", "prerequisites = []", "prerequisites = [\"1.1\"]");
  const Completion c = copy.handout({"--modules", "02"});
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, HasSubstr("02_scalar builds on exercises of 01_foundations"));

  const Book book(copy.root());
  FileTree tree = handout_tree(book, choose_modules(book, "02"), true);
  EXPECT_THAT(tree["modules/01_foundations/module.toml"].bytes, HasSubstr("given = true"));
  EXPECT_TRUE(tree.count("modules/01_foundations/operators.hpp"));
  for (const auto& [path, file] : tree)
    EXPECT_THAT(path, Not(HasSubstr("01_foundations/exercises")));

  // Written out, it is a book in which nobody is asked for them
  Folder folder;
  for (const auto& [path, file] : tree) write_atomically(folder.path() / path, file.bytes);
  const Book student(folder.path());
  EXPECT_EQ(student.select("").size(), 14u);
  EXPECT_NE(student.find("1.1"), nullptr);
}

// Chapters that are not handed out are words in the pages, not links that lead nowhere
TEST_F(Handout, PagesOfSomeModulesNameTheOthersInWords) {
  Folder folder;
  const fs::path out = folder.path() / "out";
  ASSERT_EQ(handout(out, {"--modules", "02", "--no-references"}).exit_status, 0);
  write_atomically(
      out / "modules/02_scalar/chapter.md",
      replaced(read_file(out / "modules/02_scalar/chapter.md"), "module 01 helps",
               "\\ref chapter_01_why \"module 01\" and [its V](@ref chapter_01_slopes) "
               "help, as \\ref chapter_01 and exercise 1.5 do"));
  fs::create_directories(out / "build/student");
  fs::copy(build_folder() / "recipe.json", out / "build/student/recipe.json");
  const Completion c =
      run({.arguments = {(build_folder() / "gradbook").string(), "--root", out.string(), "docs"},
           .directory = out.string(),
           .environment = {"GRADBOOK_ROOT=" + out.string()}});
  ASSERT_EQ(c.exit_status, 0) << c.output;
  const fs::path site = out / "build/student/docs/student";
  EXPECT_THAT(read_file(site / "chapter_02.html"),
              AllOf(HasSubstr("module 01 and its V help, as chapter 1 and exercise 1.5 do"),
                    Not(HasSubstr("Previous:"))));
  EXPECT_THAT(read_file(site / "index.html"), HasSubstr("<h3>1 Functions, lists and slopes</h3>"));
  EXPECT_FALSE(fs::exists(site / "chapter_01.html"));
}

TEST_F(Handout, BadInput) {
  Folder folder;
  write_atomically(folder.path() / "full/file", "");
  const auto refused = [&](const fs::path& out, std::vector<std::string> more, const char* says) {
    more.push_back("--no-references");
    const Completion c = handout(out, more);
    EXPECT_EQ(c.exit_status, 2);
    EXPECT_THAT(c.output, HasSubstr(says));
  };
  refused(folder.path() / "full", {}, "exists and is not empty");
  refused(folder.path() / "full/file/below", {}, "cannot be written");
  refused(folder.path() / "new", {"--modules", "99"}, "there is no module \"99\"");
  refused(folder.path() / "new", {"--modules", "02-01"}, "02_scalar comes after 01_foundations");
  EXPECT_FALSE(fs::exists(folder.path() / "new"));
  EXPECT_EQ(files_below(folder.path()).size(), 1u) << "nothing half written stays behind";
}

// From the first command on, as a student has it: built by its own launcher
TEST_F(Handout, WorksOnItsOwn) {
  Folder folder;
  const fs::path out = folder.path() / "workbook";
  fs::copy(given(), out, fs::copy_options::recursive);
  const auto gradbook = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), (out / "gradbook").string());
    return run({.arguments = arguments, .directory = out.string(), .output_cap = 1 << 20});
  };
  const auto solution = [](const char* name) {
    return read_file(root_folder() / "solutions/02_scalar" / name);
  };
  const char* sort = "02_topological_sort.cpp";

  Completion c = gradbook({"check", "2.2"});
  EXPECT_EQ(c.exit_status, 1);
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("files that go with it: a minute or two, this first time"),
                    HasSubstr("2.2 topological_sort: not started (0 of 6 public tests)")));

  write_atomically(out / kExercises / sort, solution(sort));
  c = gradbook({"check", "2.2"});
  EXPECT_EQ(c.exit_status, 0);
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("done (6 of 6 public tests)"), HasSubstr("from the reference: 2.1")));

  write_atomically(out / kExercises / sort,
                   replaced(solution(sort), "seen.insert(input)) stack", "true) stack"));
  c = gradbook({"check", "2.2"});
  EXPECT_EQ(c.exit_status, 1);
  EXPECT_THAT(c.output, HasSubstr("x feeds both sides of the product, yet it is one node"));

  c = gradbook({"run", "02"});
  EXPECT_THAT(c.output, HasSubstr("from the reference, since yours are not there yet: 2.1, 2.3"));
  c = gradbook({"reset", "2.2"});
  EXPECT_THAT(c.output, HasSubstr("2.2 is the stub again"));
  EXPECT_EQ(read_file(out / kExercises / sort), read_file(root_folder() / kExercises / sort));
  c = gradbook({"run", "02"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, HasSubstr("loss.svg"));

  // The pages, with figures that solutions computed
  c = gradbook({"docs"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  const fs::path site = out / "build/student/docs/student";
  EXPECT_THAT(c.output, AllOf(HasSubstr("student's edition: " + (site / "index.html").string()),
                              Not(HasSubstr("instructor"))));
  EXPECT_THAT(read_file(site / "chapter_02.html"),
              AllOf(HasSubstr("id=\"figure_tape_memory\""), HasSubstr("id=\"exercise_2_14\"")));
  EXPECT_THAT(read_file(site / "step_through.html"), HasSubstr("id=\"figure_step_through\""));
  EXPECT_THAT(Secrets(Book(root_folder())).found_below(site), IsEmpty());

  // Without what builds them, the exercise that one is at
  const Folder bare;
  c = run({.arguments = {"env", "PATH=" + bare.path().string(),
                         (out / "build/student/gradbook").string(), "--root", out.string(), "docs"},
           .directory = out.string()});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("1.1 One operation each"), HasSubstr("Write twelve"),
                              HasSubstr("apt-get install doxygen")));

  // References, unpacked there, hold no more than what was handed out
  EXPECT_THAT(Secrets(Book(root_folder())).found_below(out / "build/student/references"),
              IsEmpty());

  // Where no references fit, the student's own files take their place
  fs::rename(out / "references", folder.path() / "references");
  write_atomically(out / kExercises / sort, solution(sort));
  c = gradbook({"check", "2.2"});
  EXPECT_EQ(c.exit_status, 1);
  EXPECT_THAT(c.output, AllOf(HasSubstr("it builds on 2.1"),
                              HasSubstr("not written yet: no references for")));
  for (const char* name :
       {"01_forward_operators.cpp", "03_product_rules.cpp", "04_activations.cpp", "06_release.cpp"})
    write_atomically(out / kExercises / name, solution(name));
  c = gradbook({"check", "2.2"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, HasSubstr("with your own 2.1, 2.3, 2.4, 2.6: no references for"));
  c = gradbook({"run", "02"});
  EXPECT_THAT(c.output, AllOf(HasSubstr("there are no references for them here: 2.5, 2.7"),
                              HasSubstr("is not started, and this program needs it")));
  write_atomically(out / kExercises / sort,
                   replaced(solution(sort), "topological_sort(Node* root)", "sorted(Node* root)"));
  c = gradbook({"check", "2.2"});
  EXPECT_THAT(c.output, HasSubstr("was `topological_sort(Node*)` renamed?"));

  c = gradbook({"submit"});
  EXPECT_EQ(c.exit_status, 0);
  EXPECT_TRUE(fs::exists(out / "submission.zip"));

  Pty watch({(out / "gradbook").string()}, 90, 30);
  EXPECT_TRUE(watch.shows("1.1")) << watch.screen();
  watch.press("q");
  EXPECT_EQ(watch.wait(), 0);
}

}  // namespace
}  // namespace gradbook
