using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

/// <summary>A start in a folder of its own, so that no file of this machine has a say.</summary>
public abstract class ReadingConfiguration : IDisposable
{
    protected ReadingConfiguration()
    {
        Directory.CreateDirectory(Working);
        Directory.CreateDirectory(Program);
    }

    protected string Folder { get; } = Directory.CreateTempSubdirectory("mmo-configuration-").FullName;

    protected string Working => Path.Combine(Folder, "working");

    protected string Program => Path.Combine(Folder, "program");

    protected Dictionary<string, string> Variables { get; } = [];

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected StartAnswer Read(params string[] arguments) => Read(HostKind.Silo, arguments);

    protected StartAnswer Read(HostKind host, params string[] arguments) =>
        ServerInstance.Read(host, new StartSurroundings(arguments, Variables, Working, Program));

    protected StartAnswer.Ready ReadyWith(params string[] arguments) => ReadyIn(HostKind.Silo, arguments);

    protected StartAnswer.Ready ReadyIn(HostKind host, params string[] arguments)
    {
        var answer = Read(host, arguments);
        return Assert.IsType<StartAnswer.Ready>(answer);
    }

    protected string RefusalOf(params string[] arguments) => Assert.IsType<StartAnswer.Refused>(Read(arguments)).Sentence;

    protected string WriteFile(string json, string path = "working/config/serverConfig.json")
    {
        path = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, json);
        return path;
    }
}
