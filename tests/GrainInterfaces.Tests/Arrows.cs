using System.Xml.Linq;

namespace MmoOrleans.GrainInterfaces.Tests;

/// <summary>Which project may know which. The build refuses what a project file does not name; this refuses what it may not name.</summary>
public sealed class Arrows
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["GrainInterfaces"] = [],
        ["Client/Protocol"] = [],
        ["Grains"] = ["GrainInterfaces"],
        ["Gateway"] = ["GrainInterfaces", "Client/Protocol"],
        ["Silo"] = ["GrainInterfaces", "Grains", "Gateway"],
        ["Client/Sdk"] = ["Client/Protocol"],
        ["Client/Console"] = ["Client/Sdk", "Client/Protocol"],
        ["Client/Bots"] = ["Client/Sdk", "Client/Protocol"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_names_only_those_it_may_know(string project) =>
        Assert.Empty(ReferencesOf(project).Except(Allowed[project]));

    [Fact]
    public void Every_project_outside_the_tests_is_in_the_table() =>
        Assert.Equal(Allowed.Keys.Order(), ProjectFiles().Select(FolderOf).Where(folder => !folder.StartsWith("tests/", StringComparison.Ordinal)).Order());

    private static IEnumerable<string> ReferencesOf(string project)
    {
        var file = Directory.GetFiles(Path.Combine(Root, project), "*.csproj").Single();
        return from reference in XDocument.Load(file).Descendants("ProjectReference")
               let path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, reference.Attribute("Include")!.Value))
               select FolderOf(path);
    }

    private static IEnumerable<string> ProjectFiles() => File.ReadLines(Path.Combine(Root, "MmoOrleans.sln"))
        .Where(line => line.Contains(".csproj", StringComparison.Ordinal))
        .Select(line => Path.Combine(Root, line.Split('"').Single(part => part.EndsWith(".csproj", StringComparison.Ordinal)).Replace('\\', '/')));

    private static string FolderOf(string projectFile) => Path.GetRelativePath(Root, Path.GetDirectoryName(projectFile)!).Replace('\\', '/');

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MmoOrleans.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }
    }
}
