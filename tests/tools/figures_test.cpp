// author figures: what is stale is made by running its program, and what fails is named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "author/figures/inline_svg.hpp"
#include "tools/sample_book.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

Figure sample_figure() {
  Figure figure;
  figure.name = "sample";
  figure.title = "Values < 3 & \"grads\"";
  figure.alt = "Two nodes.";
  figure.where = "docs/figures/figures.toml:7";
  return figure;
}

TEST(InlineSvg, FollowsTheColoursOfThePage) {
  const std::string svg = inline_svg(
      "<?xml version='1.0'?><!DOCTYPE svg><svg width=\"9pt\" viewBox=\"0.00 0.00 90.00 40.00\">"
      "<g color=\"black\" stroke=\"currentColor\"><path stroke='rgb(128, 136, 144)'/></g>"
      "<path fill=\"black\" stroke = \"black\"/><use color='rgb( 47, 143, 216)'/></svg>\n",
      sample_figure());
  EXPECT_THAT(svg, AllOf(HasSubstr("fill=\"currentColor\" stroke=\"currentColor\""),
                         HasSubstr("rgb( 47, 143, 216)"), Not(HasSubstr("black")),
                         Not(HasSubstr("128")), Not(HasSubstr("<?xml")), Not(HasSubstr("9pt"))))
      << "only black and the grey of our scripts are the page's";
  EXPECT_THAT(svg, testing::StartsWith("<svg "));
}

TEST(InlineSvg, HasIdsThatNoOtherFigureHas) {
  const std::string svg = inline_svg(
      "<svg viewBox=\"0 0 90 40\"><defs><circle id='gpDot' r='1'/></defs><g id=\"v0\"/>"
      "<use xlink:href='#gpDot'/><path fill=\"url(#gpDot)\"/></svg>",
      sample_figure());
  EXPECT_THAT(svg, AllOf(HasSubstr("id=\"sample-gpDot\""), HasSubstr("id=\"sample-v0\""),
                         HasSubstr("href=\"#sample-gpDot\""), HasSubstr("url(#sample-gpDot)")));
  EXPECT_THAT(svg, Not(ContainsRegex("id=['\"]gp")));
}

TEST(InlineSvg, SaysWhatItShows) {
  const std::string svg =
      inline_svg("<svg viewBox=\"0 0 90 40\"><title>Gnuplot</title><desc>by</desc><g/></svg>",
                 sample_figure());
  EXPECT_THAT(
      svg,
      AllOf(HasSubstr("role=\"img\""),
            HasSubstr("<title id=\"sample-title\">Values &lt; 3 &amp; &quot;grads&quot;<"),
            HasSubstr("<desc id=\"sample-desc\">Two nodes.</desc>"), Not(HasSubstr("Gnuplot"))));
}

TEST(InlineSvg, RefusesWhatIsNone) {
  try {
    inline_svg("syntax error in line 1", sample_figure());
    FAIL() << "no error";
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("docs/figures/figures.toml:7: figure sample"),
                                    HasSubstr("syntax error in line 1")));
  }
}

class Figures : public testing::Test {
 protected:
  static void SetUpTestSuite() { book_ = new SampleBook; }
  static void TearDownTestSuite() { delete book_; }
  void SetUp() override {
    ASSERT_TRUE(book_->configured().ok()) << book_->configured().output;
    for (const char* part : kParts) before_.push_back(read_file(file(part)));
  }
  void TearDown() override {
    for (std::size_t i = 0; i < before_.size(); ++i) write_atomically(file(kParts[i]), before_[i]);
  }

  static fs::path file(const std::string& part) { return book_->root() / part; }
  static fs::path out() { return book_->root() / "build/student/docs/figures"; }
  static void edit(const char* part, const std::string& from, const std::string& to) {
    write_atomically(file(part), replaced(read_file(file(part)), from, to));
  }
  static Completion figures(std::vector<std::string> arguments = {}) {
    std::vector<std::string> all = {(build_folder() / "gradbook").string(), "--root",
                                    book_->root().string(), "author", "figures"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run({.arguments = all, .wall = std::chrono::minutes(3)});
  }

  static constexpr const char* kManifest = "docs/figures/figures.toml";
  static constexpr const char* kProgram = "docs/figures/squares.cpp";
  static constexpr const char* kDrawing = "docs/figures/squares.gnuplot";
  static constexpr const char* kSolution = "solutions/01_sample/01_square.cpp";
  static constexpr const char* kParts[] = {kManifest, kProgram, kDrawing, kSolution};
  static SampleBook* book_;
  std::vector<std::string> before_;
};

SampleBook* Figures::book_ = nullptr;

TEST_F(Figures, AreMadeByTheirProgramOnce) {
  fs::remove_all(out());
  EXPECT_EQ(figures({"--check"}).exit_status, 1) << "there is none yet";
  const Completion made = figures();
  ASSERT_EQ(made.exit_status, 0) << made.output;
  EXPECT_THAT(made.output, HasSubstr("1 of 1 figures made"));
  EXPECT_THAT(read_file(out() / "squares.html"),
              AllOf(HasSubstr("<figure class=\"gradbook-figure\" id=\"figure_squares\">"),
                    HasSubstr("aria-label=\"Squares &amp; more\""), HasSubstr("Five squares."),
                    HasSubstr("<code>./gradbook author figures squares</code>")));
  EXPECT_THAT(figures().output, HasSubstr("0 of 1 figures made"));
  EXPECT_THAT(figures({"squares"}).output, HasSubstr("1 of 1 figures made")) << "named: again";
  EXPECT_EQ(figures({"--check"}).exit_status, 0);
}

TEST_F(Figures, AreStaleWhenAnythingIsOtherThanItWas) {
  const std::pair<const char*, const char*> edits[] = {
      {kSolution, "namespace gradbook"}, {kProgram, "int main"}, {kDrawing, "plot"}};
  ASSERT_EQ(figures().exit_status, 0);
  for (const auto& [part, word] : edits) {
    const std::string before = read_file(file(part));
    edit(part, word, std::string(part == kDrawing ? "# other\n" : "// other\n") + word);
    const Completion check = figures({"--check"});
    EXPECT_EQ(check.exit_status, 1) << part;
    EXPECT_THAT(check.output, HasSubstr("docs/figures/figures.toml:2: figure squares is stale: "
                                        "./gradbook author figures squares"))
        << part;
    EXPECT_EQ(figures().exit_status, 0) << part;
    EXPECT_EQ(figures({"--check"}).exit_status, 0) << part;
    write_atomically(file(part), before);
    ASSERT_EQ(figures().exit_status, 0);
  }
  edit(kManifest, "Five squares.", "Four squares and 0.");
  EXPECT_EQ(figures({"--check"}).exit_status, 1) << "another caption";
  ASSERT_EQ(figures().exit_status, 0);
  fs::remove(out() / "squares.svg");
  EXPECT_EQ(figures({"--check"}).exit_status, 1) << "a picture that is gone";
}

TEST_F(Figures, ShowWhatTheSolutionComputes) {
  ASSERT_EQ(figures().exit_status, 0);
  const std::string before = read_file(out() / "squares.svg");
  edit(kSolution, "x * x", "x * x * x");
  ASSERT_EQ(figures().exit_status, 0);
  EXPECT_NE(read_file(out() / "squares.svg"), before) << "not another picture";
}

TEST_F(Figures, StopAtTheLineOfOneWhoseProgramFails) {
  struct Fault {
    const char *part, *from, *to, *says;
  };
  const Fault faults[] = {
      {kProgram, "std::ofstream table", "return 3; std::ofstream table", "exit status 3"},
      {kProgram, "std::ofstream table", "__builtin_trap(); std::ofstream table", "signal 4"},
      {kProgram, "std::ofstream table", "std::offstream table", "does not build"},
      {kDrawing, "plot", "plod", "gnuplot could not draw it"},
      {kDrawing, "/squares.svg", "/squared.svg", "gnuplot could not draw it"}};
  for (const Fault& fault : faults) {
    const std::string before = read_file(file(fault.part));
    edit(fault.part, fault.from, fault.to);
    const Completion made = figures();
    EXPECT_EQ(made.exit_status, 2) << fault.to;
    EXPECT_THAT(made.output, AllOf(HasSubstr("docs/figures/figures.toml:2: figure squares: "),
                                   HasSubstr(fault.says)));
    EXPECT_EQ(figures({"--check"}).exit_status, 1) << "still stale after " << fault.to;
    write_atomically(file(fault.part), before);
  }
}

TEST_F(Figures, NameTheLineOfAManifestThatIsWrong) {
  struct Fault {
    const char *from, *to, *says;
  };
  const Fault faults[] = {
      {"squares.cpp", "square.cpp", "figures.toml:3: there is no docs/figures/square.cpp"},
      {"squares.gnuplot", "s.gnuplot", "figures.toml:5: there is no docs/figures/s.gnuplot"},
      {"\"01_sample\"", "\"07\"", "figures.toml:4: there is no module \"07\""},
      {"\"squares\"", "\"Two squares\"",
       "figures.toml:2: \"Two squares\" must be of small letters"},
      {"alt = ", "alternative = ", "\"alt\" is missing"},
      {"title = ", "controls = \"no/where\"\ntitle = ", "figures.toml:6: there is no no/where"},
      {"[[figure]]", "[[figure", "figures.toml:1:"}};
  for (const Fault& fault : faults) {
    const std::string before = read_file(file(kManifest));
    edit(kManifest, fault.from, fault.to);
    const Completion made = figures();
    EXPECT_EQ(made.exit_status, 2) << fault.to;
    EXPECT_THAT(made.output, HasSubstr(fault.says));
    write_atomically(file(kManifest), before);
  }
  edit(kManifest, "[[figure]]", read_file(file(kManifest)) + "[[figure]]");
  EXPECT_THAT(figures().output, HasSubstr("figures.toml:10: two figures are called squares"));
  EXPECT_THAT(figures({"triangles"}).output, HasSubstr("two figures"));
}

TEST_F(Figures, AreToldFromThoseThatAreNot) {
  const Completion made = figures({"triangles"});
  EXPECT_EQ(made.exit_status, 2);
  EXPECT_THAT(made.output, HasSubstr("there is no figure triangles"));
}

// Every line \figure{NAME} of a chapter or page names a figure, and every figure is shown
TEST(FiguresOfTheBook, AreShownSomewhereAndAreThere) {
  const Book book(root_folder());
  std::multiset<std::string> shown;
  std::vector<fs::path> pages = {root_folder() / "docs/interactive/step_through.md"};
  for (const Module& module : book.modules())
    pages.push_back(root_folder() / "modules" / module.directory / "chapter.md");
  for (const fs::path& page : pages) {
    std::istringstream lines(read_file(page));
    for (std::string line; std::getline(lines, line);) {
      if (const std::string name = figure_named_in(line); !name.empty()) shown.insert(name);
    }
  }
  std::multiset<std::string> declared;
  for (const Figure& figure : read_figures(book)) declared.insert(figure.name);
  EXPECT_EQ(shown, declared);
}

// The numbers in the picture are those of the chapter's tables
TEST(FiguresOfTheBook, TheGraphShowsTheNumbersOfTheChapter) {
  const Folder folder;
  const Completion made = gradbook_program(
      {"author", "figures", "computation_graph", "ladder", "--out", folder.path().string()});
  ASSERT_EQ(made.exit_status, 0) << made.output;
  const std::string svg = read_file(folder.path() / "computation_graph.svg");
  const std::string chapter = read_file(root_folder() / "modules/02_scalar/chapter.md");
  const std::regex row(R"(\| \\f\$(v|g)_\{?(\d+)\}?[^|]*\|.*\| ([0-9.]+) \|)");
  int rows = 0;
  for (std::sregex_iterator i(chapter.begin(), chapter.end(), row), end; i != end; ++i, ++rows) {
    const std::size_t node = svg.find("id=\"computation_graph-v" + (*i)[2].str() + "\"");
    ASSERT_NE(node, std::string::npos) << (*i)[0];
    EXPECT_THAT(svg.substr(node, svg.find("</g>", node) - node),
                HasSubstr(((*i)[1] == "v" ? ">value " : ">grad ") + (*i)[3].str() + "<"));
  }
  EXPECT_EQ(rows, 22) << "eleven values and eleven gradients";
  EXPECT_THAT(read_file(folder.path() / "ladder.svg"), HasSubstr(">grad 8<"));
}

}  // namespace
}  // namespace gradbook
