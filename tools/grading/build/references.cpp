// The references that programs are linked with: unpacked, archived, and without what an exercise
// may not call.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

#include "grading/build/made_from.hpp"
#include "grading/build/steps.hpp"
#include "grading/build/workshop.hpp"

namespace gradbook {

// A handout brings one archive of references a module
void Workshop::unpack_references() const {
  for (const Module& module : book_.modules()) {
    const fs::path archive = book_.references(platform(), module);
    const fs::path folder = build_ / "references" / module.directory;
    if (!fs::exists(archive)) {
      std::error_code ignored;
      fs::remove_all(folder, ignored);  // it was taken away
      continue;
    }
    if (made_from(folder, stamp(archive))) continue;
    forget_made_from(folder);
    fs::remove_all(folder);
    fs::create_directories(folder);
    const Completion completion =
        run({.arguments = {recipe_.archiver, "x", archive.string()}, .directory = folder.string()});
    if (!completion.ok()) {
      throw UserError(fmt::format(
          "{} is damaged: copy it anew from the handout, or remove it to work without references",
          archive.string()));
    }
    note_made_from(folder, stamp(archive));
  }
}

std::vector<fs::path> Workshop::reference_objects(const std::string& last_module,
                                                  const std::set<std::string>& without) const {
  std::vector<fs::path> objects;
  for (const Module& module : book_.modules()) {
    if (module.directory > last_module) continue;
    for (const Exercise& e : module.exercises) {
      const fs::path object = reference_object(e);
      if (without.count(e.id) == 0 && fs::exists(object)) objects.push_back(object);
    }
  }
  return objects;
}

fs::path Workshop::archive_of(const std::vector<fs::path>& objects, const fs::path& folder) const {
  const fs::path archive = folder / "references.a";
  const std::string key = stamps(objects);
  if (made_from(archive, key)) return archive;
  fs::create_directories(folder);
  const fs::path made = unique_beside(archive);
  std::vector<std::string> arguments = {recipe_.archiver, "qcsT", made.string()};
  for (const fs::path& object : objects) arguments.push_back(object.string());
  const Completion completion = run({.arguments = by_linker(arguments)});
  if (!completion.ok())
    throw UserError("ar could not make " + archive.string() + ": " + completion.output);
  fs::rename(made, archive);
  note_made_from(archive, key);
  return archive;
}

fs::path Workshop::references_archive(const std::string& last_module,
                                      const std::set<std::string>& without,
                                      const fs::path& folder) const {
  return archive_of(reference_objects(last_module, without), folder);
}

fs::path Workshop::worker_references(const Exercise& e) const {
  if (e.forbidden.empty()) return references_archive(e.module, {e.id}, folder_of(e));
  return archive_of(without_forbidden(e, reference_objects(e.module, {e.id}), "references"),
                    folder_of(e) / "worker_references");
}

// In a worker the functions that its exercise may not call go by another name, which only our own
// objects know: a student's call of them does not link, whatever words it is put in
std::vector<fs::path> Workshop::without_forbidden(const Exercise& e,
                                                  const std::vector<fs::path>& objects,
                                                  const std::string& what) const {
  if (e.forbidden.empty()) return objects;
  const fs::path folder = folder_of(e) / "worker_references", list = folder / (what + ".txt");
  std::vector<fs::path> ours = given_objects(e.module);
  for (const fs::path& object : reference_objects(e.module, {e.id})) ours.push_back(object);
  const std::string key =
      fmt::format("{}\n{}{}", fmt::join(e.forbidden, "\n"), stamps(ours), stamps(objects));
  std::vector<fs::path> renamed;
  if (made_from(list, key)) {
    std::istringstream lines(read_file(list));
    for (std::string line; std::getline(lines, line);) renamed.emplace_back(line);
    return renamed;
  }

  fs::create_directories(folder);
  const auto names = defined_among(symbols_of(ours), e.forbidden);
  const std::vector<Symbols> symbols = symbols_of_each(objects);
  std::string text;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const bool knows_one =
        std::ranges::any_of(names, [&](const auto& name) { return symbols[i].contains(name); });
    renamed.push_back(knows_one ? with_renamed(objects[i], names, folder) : objects[i]);
    text += renamed.back().string() + "\n";
  }
  write_atomically(list, text);
  note_made_from(list, key);
  return renamed;
}

// A copy of the object in which these functions have another name
fs::path Workshop::with_renamed(const fs::path& object, const std::vector<std::string>& names,
                                const fs::path& folder) const {
  const fs::path copy =
      folder / (object.parent_path().filename().string() + "_" + object.filename().string());
  const fs::path made = unique_beside(copy);
  std::vector<std::string> arguments = {recipe_.object_copier};
  for (const std::string& name : names)
    arguments.push_back(fmt::format("--redefine-sym={}={}.ours", name, name));
  arguments.insert(arguments.end(), {object.string(), made.string()});
  const Completion completion = run({.arguments = by_linker(arguments)});
  if (!completion.ok())
    throw UserError("objcopy could not make " + copy.string() + ": " + completion.output);
  fs::rename(made, copy);
  return copy;
}

}  // namespace gradbook
