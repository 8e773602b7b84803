using MmoOrleans.Silo.Hosting;

// The Silo host with the systems of MmoOrleans itself. A studio's own host is this file with its systems added:
//     MmoServer.CreateBuilder(args).AddMapSystem<MySystem>()
return await MmoServer.CreateBuilder(args).RunAsync();
