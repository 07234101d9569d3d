#include "grading/build/recipe.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace gradbook {

Recipe read_recipe(const fs::path& build) {
  const fs::path path = build / "recipe.json";
  try {
    const auto json = nlohmann::json::parse(read_file(path));
    Recipe r;
    json.at("compiler").get_to(r.compiler);
    json.at("compiler_id").get_to(r.compiler_id);
    json.at("platform").get_to(r.platform);
    json.at("archiver").get_to(r.archiver);
    json.at("strip").get_to(r.strip);
    json.at("symbols").get_to(r.symbols);
    json.at("object_copier").get_to(r.object_copier);
    json.at("flags").get_to(r.flags);
    json.at("use_pch").get_to(r.use_pch);
    json.at("link_flags").get_to(r.link_flags);
    const auto& kernels = json.at("kernels");
    kernels.at("modules").get_to(r.kernels.modules);
    kernels.at("flags").get_to(r.kernels.flags);
    kernels.at("emulator").get_to(r.kernels.emulator);
    kernels.at("libraries").get_to(r.kernels.libraries);
    kernels.at("ran_on").get_to(r.kernels.ran_on);
    const auto& gpu = json.at("gpu");
    gpu.at("nvcc").get_to(r.gpu.nvcc);
    gpu.at("flags").get_to(r.gpu.flags);
    gpu.at("link_flags").get_to(r.gpu.link_flags);
    json.at("given").get_to(r.given);
    return r;
  } catch (const nlohmann::json::exception& error) {
    throw UserError(fmt::format("{}: {}: remove the folder {} and start again", path.string(),
                                error.what(), build.string()));
  }
}

}  // namespace gradbook
