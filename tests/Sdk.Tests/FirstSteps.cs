#pragma warning disable IDE0005 // docs/sdk.md quotes what follows; a game without implicit usings needs these.
using System;
using System.Threading.Tasks;
using MmoOrleans.Sdk;

namespace MyGame;

public static class FirstSteps
{
    public static async Task Play(string host, int port, string name)
    {
        using var client = new MmoClient();
        client.Heard += line => Console.WriteLine($"{line.From}: {line.Text}");
        (await client.ConnectCentralAsync(host, port)).OrThrow();
        await client.RegisterAsync(name, "secret"); // USERNAME_EXISTED from the second time on.
        (await client.LoginAsync(name, "secret")).OrThrow();
        var characters = (await client.CharactersAsync()).OrThrow().Characters;
        var character = characters.Count > 0 ? characters[0] : (await client.CreateCharacterAsync(name)).OrThrow().Character;
        var visit = (await client.SelectAndEnterAsync(character.CharacterId)).OrThrow();
        await client.WalkToAsync(visit.Start.Position.X + 1, visit.Start.Position.Z);
        await client.SayAsync("hello");
        await client.DisconnectAsync();
    }
}
