# The programs that figures of the lectures are made by, docs/figures/*.cpp: objects only, which the program links with
# references. In a handout there are none.

file(GLOB figure_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/figures/*.cpp)
gradbook_objects(gradbook_figures SOURCES ${figure_sources} LIBRARIES gradbook_beside_kernels)
if(TARGET gradbook_figures)
  target_include_directories(gradbook_figures PRIVATE ${PROJECT_SOURCE_DIR}/docs)
endif()
