using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// The entry to a server host: <c>return await MmoServer.CreateBuilder(args).AddMapSystem&lt;MySystem&gt;().RunAsync();</c> is a
/// complete one. Arguments, files and keys are those of <see cref="ServerInstance"/>.
/// </summary>
public static class MmoServer
{
    /// <param name="args">The process's arguments, <c>-key value ...</c>.</param>
    public static MmoServerBuilder CreateBuilder(string[] args) => new(args);
}
