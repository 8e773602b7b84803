using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Silo.Tests.Hosting;

/// <summary>Settings as a start with these arguments gets them, with no file of this machine having a say.</summary>
internal static class Starting
{
    public static ServerSettings With(params string[] arguments)
    {
        var nowhere = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        var answer = ServerInstance.Read(HostKind.Silo, new StartSurroundings(arguments, new Dictionary<string, string>(), nowhere, nowhere));
        return Assert.IsType<StartAnswer.Ready>(answer).Settings;
    }
}
