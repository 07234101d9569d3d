// What is wrong with the sources of the site stops it, at file and line; the site that was there
// stays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/site_copy.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kChapter = "modules/02_scalar/chapter.md";

class DocsSiteBadInput : public testing::Test {
 protected:
  // One for all tests; made by the first that asks, for listing tests must not need it
  static const SiteCopy& copy() {
    static const SiteCopy the_copy;
    return the_copy;
  }

  // "modules/02_scalar/chapter.md:12", the line of `text`
  static std::string place(const fs::path& file, const std::string& text) {
    const std::string all = read_file(copy().root() / file);
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(all.find(text));
    return file.string() + ":" + std::to_string(std::count(all.begin(), end, '\n') + 1) + ": ";
  }
};

// One that stands in place of a line that Doxygen, KaTeX or the program complains of
struct Fault {
  const char* name;
  const char* file;
  const char* from;
  const char* to;
  const char* line;  // text of the line that is named
  const char* says;
};

class DocsSiteFault : public DocsSiteBadInput, public testing::WithParamInterface<Fault> {};

TEST_P(DocsSiteFault, IsNamedWithFileAndLine) {
  const Fault& fault = GetParam();
  const std::string before = read_file(copy().root() / fault.file);
  copy().edit(fault.file, fault.from, fault.to);
  const Completion c = copy().docs();
  EXPECT_EQ(c.exit_status, 2) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr(place(fault.file, fault.line)), HasSubstr(fault.says),
                              Not(HasSubstr("fault of gradbook's"))));
  write_atomically(copy().root() / fault.file, before);
}

INSTANTIATE_TEST_SUITE_P(
    Each, DocsSiteFault,
    testing::Values(Fault{"UndocumentedSymbol", "modules/01_foundations/operators.hpp",
                          "/// The product a · b.\n",
                          "double lonely(double a);\n\n/// The product a · b.\n", "double lonely",
                          "lonely(double a) (function) of namespace gradbook is not documented"},
                    Fault{"BrokenReference", kChapter, "A Scalar is a *handle*",
                          "A Scalar is a [handle](@ref nowhere)", "(@ref nowhere)", "nowhere"},
                    Fault{"FormulaInAChapter", kChapter, R"(\f$dy/dy = 1\f$)",
                          R"(\f$\frac{dy}{dy = 1\f$)", R"(\frac{dy}{dy = 1)", "KaTeX parse error"},
                    Fault{"UnknownCommandInAFormula", kChapter, R"(\f$dy/dy = 1\f$)",
                          R"(\f$\wombat = 1\f$)", R"(\wombat)", "\\wombat"},
                    Fault{"FormulaWithoutEnd", kChapter, R"(\f$dy/dy = 1\f$)", R"(\f$dy/dy = 1)",
                          R"(\f$dy/dy = 1,)", "does not end"},
                    Fault{"FigureThatIsNotThere", kChapter, "\\figure{ladder}", "\\figure{leader}",
                          "\\figure{leader}", "\"leader\""},
                    Fault{"UnknownSource", kChapter, "[Tarjan]:", "[Tarzan]:", "[Tarzan]",
                          "[Tarzan] is not in this chapter's list"},
                    Fault{"SectionOfNoExercise", kChapter, "### 2.6 release", "### 2.16 release",
                          "### 2.16", "names an exercise"},
                    Fault{"HeaderNamesNoSection", "modules/02_scalar/scalar.hpp",
                          "chapter 02, \"Giving a graph back\"", "chapter 02, \"Giving it back\"",
                          "Giving it back", "no heading \"Giving it back\""},
                    Fault{"GlossaryWithoutText", "docs/site/glossary.toml",
                          "name = \"epoch\"\nforms", "name = \"epoch\"\nfroms", "froms", "froms"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(DocsSiteBadInput, AnExerciseWithoutAContractIsNamed) {
  copy().edit("modules/02_scalar/picture.hpp", "---- exercise 2.11 ", "---- ");
  const Completion c = copy().docs();
  EXPECT_EQ(c.exit_status, 2) << c.output;
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("modules/02_scalar: no header"), HasSubstr("exercise 2.11")));
  copy().edit("modules/02_scalar/picture.hpp", "// ---- ", "// ---- exercise 2.11 ");
}

TEST_F(DocsSiteBadInput, ASiteThatCannotBeBuiltLeavesTheOldOne) {
  ASSERT_EQ(copy().docs().exit_status, 0);
  const fs::path page = copy().root() / "build/student/docs/student/chapter_02.html";
  const std::string before = read_file(page);
  copy().edit(kChapter, "A Scalar is a *handle*", "A Scalar is a [handle](@ref nowhere)");
  EXPECT_EQ(copy().docs().exit_status, 2);
  EXPECT_EQ(read_file(page), before);
  copy().edit(kChapter, "[handle](@ref nowhere)", "*handle*");
}

TEST_F(DocsSiteBadInput, WhatHasNotChangedIsNotBuiltAgain) {
  ASSERT_EQ(copy().docs().exit_status, 0);
  EXPECT_THAT(copy().docs().output, AllOf(HasSubstr("student's edition (unchanged)"),
                                          HasSubstr("instructor's edition (unchanged)")));
  copy().edit("docs/instructor/02.md", "Cases compare", "The cases compare");
  EXPECT_THAT(copy().docs().output, AllOf(HasSubstr("student's edition (unchanged)"),
                                          HasSubstr("instructor's edition: ")));
}

TEST_F(DocsSiteBadInput, AMissingProgramNamesItsPackage) {
  for (const auto& [gone, package] :
       {std::pair("doxygen", "doxygen"), {"dot", "graphviz"}, {"node", "nodejs"}}) {
    const Folder bin;
    for (const char* program : {"doxygen", "dot", "node", "env"}) {
      const Completion where =
          run({.arguments = {"sh", "-c", std::string("command -v ") + program}});
      if (std::string(program) != gone)
        fs::create_symlink(where.output.substr(0, where.output.find('\n')), bin.path() / program);
    }
    const Completion c = copy().docs({"PATH=" + bin.path().string()});
    EXPECT_EQ(c.exit_status, 2) << c.output;
    EXPECT_THAT(c.output,
                AllOf(HasSubstr(gone), HasSubstr(std::string("apt-get install ") + package)));
  }
}

TEST_F(DocsSiteBadInput, AMissingLibraryNamesItsPackage) {
  const Folder share;
  const std::string setting = "GRADBOOK_SHARE=" + share.path().string();
  EXPECT_THAT(copy().docs({setting}).output, HasSubstr("libjs-katex"));
  fs::create_directories(share.path() / "javascript");
  fs::create_symlink("/usr/share/javascript/katex", share.path() / "javascript/katex");
  EXPECT_THAT(copy().docs({setting}).output, HasSubstr("doxygen-awesome-css"));
}

}  // namespace
}  // namespace gradbook
